// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/value.h"

#include <array>
#include <charconv>
#include <cmath>

namespace nabiz::trainer {

namespace {

template <typename Number> std::string shortest(Number value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    std::array<char, 64> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return { buffer.data(), end };
}

// As people write it: 1e-3 and 3e-4, not 0.001 and 3e-04.
std::string realYaml(double value)
{
    if (!std::isfinite(value))
        return (value < 0 ? "-." : ".") + std::string(std::isnan(value) ? "nan" : "inf");
    std::array<char, 64> buffer;
    auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
    std::string scientific(buffer.data(), end);
    const auto exponent = scientific.find('e') + 2;
    if (scientific[exponent] == '0' && exponent + 1 < scientific.size())
        scientific.erase(exponent, 1);
    if (scientific[exponent - 1] == '+')
        scientific.erase(exponent - 1, 1);
    const std::string usual = shortest(value);
    return scientific.size() < usual.size() || usual.find('e') != std::string::npos ? scientific : usual;
}

bool readsAsSomethingElse(const std::string& text)
{
    for (const char* word : { "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~" }) {
        std::string lower = text;
        for (char& c : lower)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (lower == word)
            return true;
    }
    return text.find_first_not_of("0123456789+-._eExXoaAbBcCdDfF:") == std::string::npos;
}

bool canBePlain(const std::string& text, bool inList)
{
    constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const std::string allowed = std::string(letters) + "0123456789_./:=+-" + (inList ? "" : ",");
    return !text.empty() && text.find_first_not_of(allowed) == std::string::npos
        && (std::string(letters) + "/_").find(text.front()) != std::string::npos && text.back() != ':'
        && !readsAsSomethingElse(text);
}

std::string textYaml(const std::string& text, bool inList)
{
    if (canBePlain(text, inList))
        return text;
    std::string result = "\"";
    for (const char c : text) {
        constexpr const char* hex = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (result += '\\') += c;
        else if (c == '\n')
            result += "\\n";
        else if (c == '\t')
            result += "\\t";
        else if (byte < 0x20 || byte == 0x7f)
            ((result += "\\x") += hex[byte >> 4]) += hex[byte & 15];
        else
            result += c;
    }
    return result + '"';
}

} // namespace

std::string toYaml(const Value& value)
{
    struct Writer {
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const { return realYaml(value); }
        std::string operator()(const std::string& value) const { return textYaml(value, false); }
        std::string operator()(const std::vector<std::string>& value) const
        {
            std::string result = "[";
            for (const auto& item : value)
                result += (result.size() > 1 ? ", " : "") + textYaml(item, true);
            return result + ']';
        }
    };
    return std::visit(Writer {}, value);
}

std::string toText(double value)
{
    return shortest(value);
}

std::string toText(float value)
{
    return shortest(value);
}

} // namespace nabiz::trainer
