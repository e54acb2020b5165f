// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/json_lines.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace nabiz::trainer {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kLines = 4096; // between two looks at the stop token
constexpr std::size_t kNamedFields = 12;

std::string fieldsOf(const Json& line)
{
    std::string names;
    std::size_t count = 0;
    for (const auto& [name, value] : line.items()) {
        if (value.is_string() && ++count <= kNamedFields)
            names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

[[noreturn]] void failWithout(const std::string& path, const std::string& field, const std::string& fields)
{
    throw TrainError(TrainErrorKind::Data,
        fields.empty()
            ? message(
                  NABIZ_TEXT("Message",
                      "%1 holds no JSON object with a text on any line, as a .jsonl file does: give another file, or "
                      "rename it to .txt to train on it as it is."),
                  path)
            : message(NABIZ_TEXT("Message",
                          "%1 holds no text under the field %2; there are %3. Set data.jsonl_field to one of them."),
                  path, field, fields));
}

} // namespace

void takeJsonTexts(std::vector<std::uint8_t>& bytes, std::size_t begin, const std::string& field,
    const std::string& path, std::vector<Message>& notes, const std::stop_token& stop)
{
    const std::vector<std::uint8_t> source(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end());
    const std::string_view all(reinterpret_cast<const char*>(source.data()), source.size());
    bytes.resize(begin);
    std::int64_t lines = 0, taken = 0;
    std::string fields;
    for (std::size_t place = 0; place < all.size();) {
        const std::size_t end = std::min(all.find('\n', place), all.size());
        const std::string_view line = all.substr(place, end - place);
        place = end + 1;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        if (++lines % kLines == 0)
            throwIfStopped(stop);
        const Json object = Json::parse(line, nullptr, false);
        const auto found = object.is_object() ? object.find(field) : object.end();
        if (!object.is_object() || found == object.end() || !found->is_string()) {
            if (fields.empty() && object.is_object())
                fields = fieldsOf(object);
            continue;
        }
        const auto& text = found->get_ref<const std::string&>();
        bytes.insert(bytes.end(), text.begin(), text.end());
        if (!text.ends_with('\n'))
            bytes.push_back('\n');
        ++taken;
    }
    if (taken == 0 && lines > 0)
        failWithout(path, field, fields);
    if (taken < lines)
        notes.push_back(message(
            NABIZ_TEXT("Message", "%1: %2 of %3 lines are no JSON object with a text under %4, and are left out."),
            path, std::to_string(lines - taken), std::to_string(lines), field));
}

} // namespace nabiz::trainer
