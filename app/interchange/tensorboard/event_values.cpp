// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/event_values.h"
#include "trainer/base/value.h"

#include <protozero/pbf_reader.hpp>

#include <bit>
#include <cmath>
#include <cstring>

// The field numbers are those of tensorboard/compat/proto and tensorboard/plugins/hparams.
namespace nabiz::app {

namespace {

using protozero::data_view;
using protozero::pbf_reader;

constexpr std::size_t kLongestText = 64U << 10U;

std::string_view text(data_view view)
{
    return { view.data(), view.size() };
}

pbf_reader reader(std::string_view bytes)
{
    return pbf_reader(data_view(bytes.data(), bytes.size()));
}

double half(std::uint32_t bits)
{
    const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
    const int exponent = static_cast<int>(bits >> 10U & 0x1fU);
    const double fraction = bits & 0x3ffU;
    if (exponent == 31)
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sign * std::numeric_limits<double>::infinity();
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25));
}

double brain(std::uint32_t bits)
{
    return std::bit_cast<float>(bits << 16U);
}

template <typename T> std::optional<double> raw(std::string_view content)
{
    T value;
    if (content.size() != sizeof value)
        return std::nullopt;
    std::memcpy(&value, content.data(), sizeof value);
    return static_cast<double>(value);
}

// DataType of TensorFlow.
enum Type {
    Float = 1,
    Double,
    Int32,
    Uint8,
    Int16,
    Int8,
    String,
    Int64 = 9,
    Bool,
    Bfloat16 = 14,
    Uint16 = 17,
    Half = 19,
    Uint32 = 22,
    Uint64
};

std::optional<double> rawOf(int type, std::string_view content)
{
    switch (type) {
    case Float:
        return raw<float>(content);
    case Double:
        return raw<double>(content);
    case Int32:
        return raw<std::int32_t>(content);
    case Uint8:
    case Bool:
        return raw<std::uint8_t>(content);
    case Int16:
        return raw<std::int16_t>(content);
    case Int8:
        return raw<std::int8_t>(content);
    case Int64:
        return raw<std::int64_t>(content);
    case Uint16:
        return raw<std::uint16_t>(content);
    case Uint32:
        return raw<std::uint32_t>(content);
    case Uint64:
        return raw<std::uint64_t>(content);
    case Half:
    case Bfloat16: {
        const auto bits = raw<std::uint16_t>(content);
        if (!bits)
            return std::nullopt;
        return type == Half ? half(static_cast<std::uint32_t>(*bits)) : brain(static_cast<std::uint32_t>(*bits));
    }
    default:
        return std::nullopt;
    }
}

struct Tensor {
    int type = 0;
    std::int64_t elements = 1;
    std::optional<std::string_view> content;
    std::vector<double> values; // of the typed fields
    std::vector<std::string_view> texts;
};

std::int64_t elementsOf(std::string_view shape)
{
    std::int64_t count = 1;
    for (auto field = reader(shape); field.next();) {
        if (field.tag() != 2) {
            field.skip();
            continue;
        }
        std::int64_t size = 0;
        for (auto dim = field.get_message(); dim.next();) {
            if (dim.tag() == 1)
                size = dim.get_int64();
            else
                dim.skip();
        }
        if (size < 0 || size > 1 << 20)
            return -1;
        count = std::min<std::int64_t>(count * size, 1 << 20);
    }
    return count;
}

// A field of numbers, packed as proto3 writes it or one by one.
template <typename Get, typename GetPacked> void numbers(pbf_reader& field, Tensor& tensor, Get get, GetPacked packed)
{
    if (field.wire_type() != protozero::pbf_wire_type::length_delimited) {
        tensor.values.push_back(static_cast<double>(get()));
        return;
    }
    for (const auto value : packed())
        tensor.values.push_back(static_cast<double>(value));
}

void readField(pbf_reader& field, Tensor& tensor)
{
    const auto add = [&](auto get, auto packed) { numbers(field, tensor, get, packed); };
    switch (field.tag()) {
    case 1:
        tensor.type = field.get_enum();
        break;
    case 2:
        tensor.elements = elementsOf(text(field.get_view()));
        break;
    case 4:
        tensor.content = text(field.get_view());
        break;
    case 5:
        add([&] { return field.get_float(); }, [&] { return field.get_packed_float(); });
        break;
    case 6:
        add([&] { return field.get_double(); }, [&] { return field.get_packed_double(); });
        break;
    case 7:
    case 13: // half_val: the bits
        add([&] { return field.get_int32(); }, [&] { return field.get_packed_int32(); });
        break;
    case 8:
        tensor.texts.push_back(text(field.get_view()));
        break;
    case 10:
        add([&] { return field.get_int64(); }, [&] { return field.get_packed_int64(); });
        break;
    case 11:
        add([&] { return field.get_bool(); }, [&] { return field.get_packed_bool(); });
        break;
    case 16:
        add([&] { return field.get_uint32(); }, [&] { return field.get_packed_uint32(); });
        break;
    case 17:
        add([&] { return field.get_uint64(); }, [&] { return field.get_packed_uint64(); });
        break;
    default:
        field.skip();
    }
}

Tensor tensorOf(std::string_view bytes)
{
    Tensor tensor;
    for (auto field = reader(bytes); field.next();)
        readField(field, tensor);
    return tensor;
}

std::optional<double> scalarOf(const Tensor& tensor)
{
    if (tensor.elements != 1 || tensor.type == String || tensor.type == 0)
        return std::nullopt;
    if (tensor.content && !tensor.content->empty())
        return rawOf(tensor.type, *tensor.content);
    if (tensor.values.empty())
        return 0; // left out, as zeros are
    const double value = tensor.values.front();
    if (tensor.type == Half)
        return half(static_cast<std::uint32_t>(value));
    return tensor.type == Bfloat16 ? brain(static_cast<std::uint32_t>(value)) : value;
}

// google.protobuf.Value
std::string parameterText(pbf_reader value)
{
    while (value.next()) {
        switch (value.tag()) {
        case 2:
            return trainer::toText(value.get_double());
        case 3:
            return value.get_string();
        case 4:
            return value.get_bool() ? "true" : "false";
        default:
            value.skip();
        }
    }
    return "null";
}

void sessionStart(pbf_reader info, EventValues& out)
{
    while (info.next()) {
        if (info.tag() == 1) {
            std::string key, value;
            for (auto entry = info.get_message(); entry.next();) {
                if (entry.tag() == 1)
                    key = entry.get_string();
                else if (entry.tag() == 2)
                    value = parameterText(entry.get_message());
                else
                    entry.skip();
            }
            out.parameters.emplace_back(std::move(key), std::move(value));
        } else if (info.tag() == 4) {
            out.group = info.get_string();
        } else {
            info.skip();
        }
    }
}

void sessionEnd(pbf_reader info, EventValues& out)
{
    while (info.next()) {
        if (info.tag() != 1) {
            info.skip();
            continue;
        }
        const int status = info.get_enum(); // 1 SUCCESS, 2 FAILURE, 3 RUNNING
        if (status == 1 || status == 2)
            out.status = status == 1 ? storage::RunStatus::Finished : storage::RunStatus::Failed;
    }
}

void hyperParameters(std::string_view content, EventValues& out)
{
    for (auto data = reader(content); data.next();) {
        if (data.tag() == 3)
            sessionStart(data.get_message(), out);
        else if (data.tag() == 4)
            sessionEnd(data.get_message(), out);
        else
            data.skip();
    }
}

// SummaryMetadata → plugin name and content.
std::pair<std::string_view, std::string_view> pluginOf(std::string_view metadata)
{
    std::pair<std::string_view, std::string_view> plugin;
    for (auto field = reader(metadata); field.next();) {
        if (field.tag() != 1) {
            field.skip();
            continue;
        }
        for (auto data = field.get_message(); data.next();) {
            if (data.tag() == 1)
                plugin.first = text(data.get_view());
            else if (data.tag() == 2)
                plugin.second = text(data.get_view());
            else
                data.skip();
        }
    }
    return plugin;
}

bool isStart(pbf_reader log)
{
    bool start = false;
    while (log.next()) {
        if (log.tag() == 1)
            start = log.get_enum() == 1;
        else
            log.skip();
    }
    return start;
}

} // namespace

void EventParser::parse(std::string_view payload, EventValues& out)
{
    out.wall = storage::kNoWallTime;
    out.step = 0;
    out.isRestart = false;
    out.scalars.clear();
    out.texts.clear();
    for (auto event = reader(payload); event.next();) {
        switch (event.tag()) {
        case 1:
            out.wall = event.get_double();
            break;
        case 2:
            out.step = event.get_int64();
            break;
        case 5:
            summary(text(event.get_view()), out);
            break;
        case 7:
            out.isRestart = isStart(event.get_message());
            break;
        default:
            event.skip();
        }
    }
}

void EventParser::summary(std::string_view bytes, EventValues& out)
{
    for (auto field = reader(bytes); field.next();) {
        if (field.tag() == 1)
            value(text(field.get_view()), out);
        else
            field.skip();
    }
}

void EventParser::value(std::string_view bytes, EventValues& out)
{
    std::string_view tag, tensor, metadata;
    std::optional<double> simple;
    bool hasTensor = false;
    for (auto field = reader(bytes); field.next();) {
        if (field.tag() == 1)
            tag = text(field.get_view());
        else if (field.tag() == 2)
            simple = field.get_float();
        else if (field.tag() == 8) {
            tensor = text(field.get_view());
            hasTensor = true;
        } else if (field.tag() == 9)
            metadata = text(field.get_view());
        else
            field.skip();
    }
    if (simple) {
        out.scalars.push_back({ tag, *simple });
        return;
    }
    if (!metadata.empty()) {
        const auto [name, content] = pluginOf(metadata);
        if (name == "hparams") {
            hyperParameters(content, out);
            return;
        }
        m_plugins.insert_or_assign(std::string(tag), std::string(name));
    }
    if (!hasTensor)
        return;
    const auto known = m_plugins.find(tag);
    const std::string_view plugin = known == m_plugins.end() ? std::string_view() : std::string_view(known->second);
    if (plugin.empty() || plugin == "scalars") {
        if (const auto scalar = scalarOf(tensorOf(tensor)))
            out.scalars.push_back({ tag, *scalar });
    } else if (plugin == "text") {
        std::string words;
        for (const auto part : tensorOf(tensor).texts)
            words.append(words.empty() ? "" : "\n").append(part.substr(0, kLongestText));
        if (!words.empty() && words.size() <= kLongestText)
            out.texts.push_back({ tag, std::move(words) });
    }
}

} // namespace nabiz::app
