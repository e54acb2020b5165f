// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/foreign_keys.h"
#include "trainer/config/presets/parameter_check.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/preset_sections.h"
#include "trainer/config/presets/source_text.h"

namespace nabiz::trainer {

namespace {

// A text on the command line is taken as it stands, spaces and # included, unless it is quoted or bracketed for YAML.
bool isTakenAsItStands(const Parameter& row, std::string_view written)
{
    return typeOf(row.defaultValue) == ValueType::Text && !written.empty() && written != "~" && written != "null"
        && std::string_view("\"'[{&*!|>").find(written.front()) == std::string_view::npos;
}

std::variant<Value, Message> readWritten(const Parameter& row, std::string_view written)
{
    if (isTakenAsItStands(row, written))
        return readValue(row, YamlNode { .kind = YamlNode::Kind::Scalar, .text = std::string(written) });
    if (written.size() > kLargestPreset)
        return message(NABIZ_TEXT("Message", "The value of %1 is longer than 1 MB."), row.key);
    YamlResult yaml = parseYaml(written);
    if (!yaml.root)
        return std::move(yaml.failure);
    return readValue(row, *yaml.root);
}

} // namespace

Override parseOverride(std::string_view text)
{
    const auto equals = text.find('=');
    Override result;
    result.key = text.substr(0, equals);
    const auto fail = [&](Message message) {
        result.problem
            = Problem { .file = std::string(text.substr(0, 200)), .key = result.key, .message = std::move(message) };
        return result;
    };
    if (equals == std::string_view::npos)
        return fail(message(NABIZ_TEXT("Message", "A setting is written key=value, such as training.batch_size=4.")));
    const Parameter* row = findParameter(result.key);
    if (!row) {
        Message known = foreignKey(std::string_view(result.key).substr(result.key.find('.') + 1));
        return fail(known.empty() ? unknownKey(result.key) : std::move(known));
    }
    auto read = readWritten(*row, text.substr(equals + 1));
    if (Message* why = std::get_if<Message>(&read))
        return fail(std::move(*why));
    result.value = std::move(std::get<Value>(read));
    return result;
}

} // namespace nabiz::trainer
