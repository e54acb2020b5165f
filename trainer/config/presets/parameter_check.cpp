// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/parameter_check.h"

#include "trainer/base/invisible.h"
#include "trainer/base/nearest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace nabiz::trainer {

namespace {

std::string joined(const std::vector<std::string_view>& words)
{
    std::string result;
    for (const std::string_view word : words)
        (result += result.empty() ? "" : ", ") += word;
    return result;
}

// A bound as a person writes it: 256 and not 256.0 or 2.56e2.
std::string bound(const Parameter& parameter, double value)
{
    return typeOf(parameter.defaultValue) == ValueType::Real ? toText(value)
                                                             : std::to_string(static_cast<std::int64_t>(value));
}

Message numberProblem(const Parameter& row, double value, const std::string& written)
{
    if (!std::isfinite(value))
        return message(NABIZ_TEXT("Message", "%1 must be a finite number, not %2."), row.key, written);
    const bool low = row.minimumExcluded ? value <= row.minimum : value < row.minimum;
    const bool high = row.maximumExcluded ? value >= row.maximum : value > row.maximum;
    if (!low && !high)
        return {};
    const std::string least = bound(row, row.minimum);
    if (std::isinf(row.maximum)) {
        return row.minimumExcluded
            ? message(NABIZ_TEXT("Message", "%1 must be greater than %2, and is %3."), row.key, least, written)
            : message(NABIZ_TEXT("Message", "%1 must be at least %2, and is %3."), row.key, least, written);
    }
    const std::string most = bound(row, row.maximum);
    return row.maximumExcluded
        ? message(
              NABIZ_TEXT("Message", "%1 must be at least %2 and below %3, and is %4."), row.key, least, most, written)
        : message(NABIZ_TEXT("Message", "%1 must be from %2 to %3, and is %4."), row.key, least, most, written);
}

Message choiceProblem(const Parameter& row, const std::string& text)
{
    if (row.choices.empty() || std::find(row.choices.begin(), row.choices.end(), text) != row.choices.end())
        return {};
    if (const auto near = nearest(text, row.choices); !near.empty())
        return message(NABIZ_TEXT("Message", "%1 cannot be '%2'; is '%3' meant? It takes %4."), row.key, text, near,
            joined(row.choices));
    return message(NABIZ_TEXT("Message", "%1 cannot be '%2'; it takes %3."), row.key, text, joined(row.choices));
}

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

// What the node looks like, to say it in a sentence. Long texts are cut.
std::string shown(const YamlNode& node)
{
    constexpr std::size_t kLongest = 60;
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return "empty";
    case YamlNode::Kind::List:
        return "a list";
    case YamlNode::Kind::Map:
        return "a section";
    case YamlNode::Kind::Scalar:
        break;
    }
    // What is wrong with it may be what is not seen.
    const std::string note = invisibleNote(node.text);
    if (node.text.size() <= kLongest)
        return '\'' + node.text + '\'' + note;
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(node.text[end]) & 0xC0) == 0x80)
        --end;
    return '\'' + node.text.substr(0, end) + "…'" + note;
}

// Of what is no number or boolean here, though it may look like one.
std::string shownAsText(const YamlNode& node)
{
    return shown(node) + (node.quoted ? "; its quotes make it a text: write it without them" : "");
}

std::variant<Value, Message> readBoolean(const Parameter& row, const YamlNode& node)
{
    const std::string text = node.quoted ? std::string() : lowered(node.text);
    if (text == "true" || text == "yes" || text == "on")
        return Value(true);
    if (text == "false" || text == "no" || text == "off")
        return Value(false);
    return message(NABIZ_TEXT("Message", "%1 takes true or false, and is %2."), row.key, shownAsText(node));
}

std::string_view unsignedPart(std::string_view text)
{
    return text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text;
}

std::optional<double> realOf(std::string_view text)
{
    double value = 0;
    text = unsignedPart(text);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::invalid_argument || end != text.data() + text.size())
        return std::nullopt;
    return error == std::errc() ? value : std::nan("");
}

std::variant<Value, Message> readInteger(const Parameter& row, const YamlNode& node)
{
    const std::string_view text = unsignedPart(node.text);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = !node.quoted && end == text.data() + text.size();
    if (whole && error == std::errc::result_out_of_range)
        return message(NABIZ_TEXT("Message", "%1 is too large a number for %2."), node.text, row.key);
    if (!whole || error != std::errc())
        return message(NABIZ_TEXT("Message", "%1 takes a whole number such as %2, and is %3."), row.key,
            toYaml(row.defaultValue), shownAsText(node));
    return Value(value);
}

std::variant<Value, Message> readReal(const Parameter& row, const YamlNode& node)
{
    std::string text = node.quoted ? std::string() : lowered(node.text);
    if (!text.empty() && text.find_first_not_of("+-.infa") == std::string::npos
        && (text.ends_with("nan") || text.ends_with("inf")))
        return message(NABIZ_TEXT("Message", "%1 must be a finite number, not %2."), row.key, node.text);
    if (const auto value = realOf(text)) {
        if (std::isnan(*value))
            return message(NABIZ_TEXT("Message", "%1 is outside what a number can hold, for %2."), node.text, row.key);
        return Value(*value);
    }
    std::replace(text.begin(), text.end(), ',', '.');
    if (realOf(text))
        return message(NABIZ_TEXT("Message", "%1 takes a decimal point, not a comma: write %2."), row.key, text);
    return message(NABIZ_TEXT("Message", "%1 takes a number such as %2, and is %3."), row.key, toYaml(row.defaultValue),
        shownAsText(node));
}

std::variant<Value, Message> readText(const Parameter& row, const YamlNode& node)
{
    if (node.kind != YamlNode::Kind::Scalar && node.kind != YamlNode::Kind::Null)
        return message(NABIZ_TEXT("Message", "%1 takes a text, and is %2."), row.key, shown(node));
    if (node.text.find('\0') != std::string::npos)
        return message(NABIZ_TEXT("Message", "%1 holds a zero byte, which no text may."), row.key);
    return Value(node.text);
}

std::variant<Value, Message> readList(const Parameter& row, const YamlNode& node)
{
    const Message wrong = message(NABIZ_TEXT("Message", "%1 takes a list such as %2, and is %3."), row.key,
        toYaml(row.defaultValue), shown(node));
    if (node.kind != YamlNode::Kind::List)
        return wrong;
    std::vector<std::string> result;
    for (const YamlNode& item : node.items) {
        if (item.kind != YamlNode::Kind::Scalar)
            return message(NABIZ_TEXT("Message", "%1 takes a list such as %2; an element is %3."), row.key,
                toYaml(row.defaultValue), shown(item));
        result.push_back(item.text);
    }
    return Value(std::move(result));
}

bool linkedOrTagged(const YamlNode& node)
{
    return node.linked || node.tagged || std::any_of(node.items.begin(), node.items.end(), linkedOrTagged)
        || std::any_of(node.entries.begin(), node.entries.end(),
            [](const auto& entry) { return linkedOrTagged(entry.first) || linkedOrTagged(entry.second); });
}

std::variant<Value, Message> readOfType(const Parameter& row, const YamlNode& node)
{
    switch (typeOf(row.defaultValue)) {
    case ValueType::Boolean:
        return readBoolean(row, node);
    case ValueType::Integer:
        return readInteger(row, node);
    case ValueType::Real:
        return readReal(row, node);
    case ValueType::Text:
        return readText(row, node);
    case ValueType::List:
        break;
    }
    return readList(row, node);
}

} // namespace

Message rangeProblem(const Parameter& parameter, const Value& value)
{
    switch (typeOf(value)) {
    case ValueType::Boolean:
        return {};
    case ValueType::Integer:
        return numberProblem(parameter, static_cast<double>(std::get<std::int64_t>(value)), toYaml(value));
    case ValueType::Real:
        return numberProblem(parameter, std::get<double>(value), toText(std::get<double>(value)));
    case ValueType::Text:
        return choiceProblem(parameter, std::get<std::string>(value));
    case ValueType::List:
        break;
    }
    const auto& items = std::get<std::vector<std::string>>(value);
    const auto count = static_cast<double>(items.size());
    if (count < parameter.minimum || count > parameter.maximum)
        return message(NABIZ_TEXT("Message", "%1 must have from %2 to %3 elements, and has %4."), parameter.key,
            bound(parameter, parameter.minimum), bound(parameter, parameter.maximum), std::to_string(items.size()));
    for (const std::string& item : items) {
        if (Message problem = choiceProblem(parameter, item); !problem.empty())
            return problem;
    }
    return {};
}

std::variant<Value, Message> readValue(const Parameter& parameter, const YamlNode& node)
{
    if (linkedOrTagged(node))
        return message(NABIZ_TEXT("Message", "%1: anchors, aliases and tags are not read; write the value itself."),
            parameter.key);
    auto result = readOfType(parameter, node);
    if (const Value* value = std::get_if<Value>(&result)) {
        if (Message problem = rangeProblem(parameter, *value); !problem.empty())
            return problem;
    }
    return result;
}

} // namespace nabiz::trainer
