// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

namespace nabiz::trainer {

namespace {

using Json = nlohmann::json;

Message notJson(const std::string& file, std::size_t position) // from 1
{
    return message(
        NABIZ_TEXT("Message", "%1: the header is not sound JSON at byte %2."), file, std::to_string(position));
}

// Takes the header apart as it is read: a document tree would keep only the last of two tensors of one name.
class HeaderReader : public nlohmann::json_sax<Json> {
public:
    HeaderReader(const std::string& file, SafetensorsHeader& header)
        : m_file(file)
        , m_header(header)
    {
    }

    const Message& problem() const { return m_problem; }

    bool start_object(std::size_t) override
    {
        if (m_place == Place::Outside)
            return move(Place::Names);
        if (m_place == Place::Value)
            return move(m_key == "__metadata__" ? Place::Metadata : Place::Tensor);
        return unexpected();
    }

    bool key(string_t& name) override
    {
        if (m_place == Place::Names) {
            if (!m_names.insert(name).second)
                return fail(message(NABIZ_TEXT("Message", "%1: the tensor %2 is there twice."), m_file, name));
            m_key = name;
            m_fields.clear();
            m_entry = {};
            m_entry.name = name;
            return move(Place::Value);
        }
        if (!m_fields.insert(name).second)
            return fail(message(NABIZ_TEXT("Message", "%1: %2 of %3 is there twice."), m_file, name, m_key));
        m_field = name;
        const bool known = m_place == Place::Metadata || name == "dtype" || name == "shape" || name == "data_offsets";
        return known
            || fail(message(NABIZ_TEXT("Message", "%1: the tensor %2 has an unknown field %3."), m_file, m_key, name));
    }

    bool end_object() override
    {
        if (m_place == Place::Names)
            return move(Place::Outside);
        if (m_place == Place::Tensor) {
            if (m_fields.size() != 3)
                return fail(
                    message(NABIZ_TEXT("Message", "%1: the tensor %2 lacks its type, shape or place."), m_file, m_key));
            m_header.entries.push_back(std::move(m_entry));
        }
        return move(Place::Names);
    }

    bool string(string_t& text) override
    {
        if (m_place == Place::Metadata) {
            m_header.metadata[m_field] = text;
            return true;
        }
        if (m_place != Place::Tensor || m_field != "dtype")
            return unexpected();
        const std::optional<Dtype> dtype = findDtype(text);
        if (!dtype)
            return fail(message(NABIZ_TEXT("Message", "%1: the tensor %2 has the type %3, which is not supported."),
                m_file, m_key, text));
        m_entry.dtype = *dtype;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (m_place != Place::Tensor || m_field == "dtype")
            return unexpected();
        m_offsets.clear();
        return move(Place::Array);
    }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_place != Place::Array)
            return unexpected();
        if (m_field == "data_offsets")
            m_offsets.push_back(value);
        else if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            m_entry.shape.push_back(static_cast<std::int64_t>(value));
        else
            return unexpected();
        return true;
    }

    bool end_array() override
    {
        if (m_field == "data_offsets") {
            if (m_offsets.size() != 2)
                return unexpected();
            m_entry.begin = m_offsets[0];
            m_entry.end = m_offsets[1];
        }
        return move(Place::Tensor);
    }

    bool null() override { return unexpected(); }
    bool boolean(bool) override { return unexpected(); }
    bool number_integer(number_integer_t) override { return unexpected(); } // negative
    bool number_float(number_float_t, const string_t&) override { return unexpected(); }
    bool binary(binary_t&) override { return unexpected(); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        return fail(notJson(m_file, position));
    }

private:
    enum class Place { Outside, Names, Value, Metadata, Tensor, Array };

    bool move(Place place)
    {
        m_place = place;
        return true;
    }
    bool fail(Message problem)
    {
        m_problem = std::move(problem);
        return false;
    }
    bool unexpected()
    {
        return fail(m_key.empty()
                ? message(NABIZ_TEXT("Message", "%1: the header is not an object of tensors."), m_file)
                : message(NABIZ_TEXT("Message", "%1: the header says of %2 what the format does not allow."), m_file,
                      m_key));
    }

    const std::string& m_file;
    SafetensorsHeader& m_header;
    Message m_problem;
    Place m_place = Place::Outside;
    std::set<std::string> m_names;
    std::set<std::string> m_fields;
    std::string m_key;
    std::string m_field;
    SafetensorsEntry m_entry;
    std::vector<std::uint64_t> m_offsets;
};

Message checkPlaces(const std::vector<SafetensorsEntry>& entries, std::uint64_t dataBytes, const std::string& file)
{
    std::uint64_t used = 0;
    for (const SafetensorsEntry& entry : entries) {
        if (entry.begin != used || entry.end < entry.begin || entry.end > dataBytes)
            return message(NABIZ_TEXT("Message",
                               "%1: the tensor %2 overlaps another, leaves a hole before it, or lies "
                               "outside the file. The file is damaged or cut short."),
                file, entry.name);
        const std::optional<std::uint64_t> bytes = tensorBytes(entry.dtype, entry.shape);
        if (!bytes || *bytes != entry.end - entry.begin)
            return message(NABIZ_TEXT("Message",
                               "%1: the tensor %2 takes another number of bytes than its shape asks "
                               "for."),
                file, entry.name);
        used = entry.end;
    }
    if (used != dataBytes)
        return message(NABIZ_TEXT("Message", "%1 holds %2 bytes of data, but its tensors take %3."), file,
            std::to_string(dataBytes), std::to_string(used));
    return {};
}

} // namespace

std::optional<std::uint64_t> tensorBytes(Dtype dtype, const std::vector<std::int64_t>& shape)
{
    std::uint64_t bytes = dtypeBytes(dtype);
    for (const std::int64_t size : shape) {
        if (size < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes))
            return std::nullopt;
    }
    return bytes;
}

Message parseSafetensorsHeader(
    std::string_view json, std::uint64_t dataBytes, const std::string& file, SafetensorsHeader& header)
{
    if (!json.starts_with('{'))
        return message(NABIZ_TEXT("Message", "%1: the header does not begin with {."), file);
    // The parser takes a zero byte for the end, and would not see what stands behind it.
    if (const std::size_t zero = json.find('\0'); zero != std::string_view::npos)
        return notJson(file, zero + 1);
    HeaderReader reader(file, header);
    if (!Json::sax_parse(json, &reader))
        return reader.problem();
    std::sort(header.entries.begin(), header.entries.end(), [](const SafetensorsEntry& a, const SafetensorsEntry& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    return checkPlaces(header.entries, dataBytes, file);
}

std::string formatSafetensorsHeader(
    const std::vector<TensorView>& tensors, const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t begin = 0;
    for (const TensorView& tensor : tensors) {
        const std::uint64_t end = begin + tensor.data.size();
        header[tensor.name]
            = { { "dtype", dtypeName(tensor.dtype) }, { "shape", tensor.shape }, { "data_offsets", { begin, end } } };
        begin = end;
    }
    // Replaces what is not UTF-8: metadata may hold a path, and JSON no such bytes.
    std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

} // namespace nabiz::trainer
