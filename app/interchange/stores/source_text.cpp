// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <chrono>
#include <cmath>

namespace nabiz::app {

namespace {

constexpr double kWholeLimit = 9007199254740992.0; // 2^53: past it a double is not every whole number

// Length of the UTF-8 sequence at the front, 0 when it is none.
std::size_t sequence(std::string_view text)
{
    const auto byte = static_cast<unsigned char>(text[0]);
    const std::size_t length = byte < 0x80 ? 1
        : byte >= 0xC2 && byte < 0xE0      ? 2
        : byte >= 0xE0 && byte < 0xF0      ? 3
        : byte >= 0xF0 && byte < 0xF5      ? 4
                                           : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80)
            return 0;
    }
    return length;
}

// `count` digits at the front, taken off.
std::optional<int> digits(std::string_view& text, std::size_t count)
{
    int number = 0;
    if (text.size() < count)
        return std::nullopt;
    const auto end = std::from_chars(text.data(), text.data() + count, number);
    if (end.ec != std::errc() || end.ptr != text.data() + count || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, std::string_view signs)
{
    if (text.empty() || signs.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

// +00:00, -0500, Z, or nothing: seconds that the clock is ahead.
std::optional<double> zone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z" || text == " UTC")
        return 0;
    const double sign = text.front() == '-' ? -1 : 1;
    if (!take(text, "+-"))
        return std::nullopt;
    const auto hours = digits(text, 2);
    take(text, ":");
    const auto minutes = text.empty() ? std::optional(0) : digits(text, 2);
    if (!hours || !minutes || !text.empty())
        return std::nullopt;
    return sign * (*hours * 3600 + *minutes * 60);
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlank = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool isUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto length = sequence(text.substr(at));
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string madeUtf8(std::string text)
{
    if (isUtf8(text))
        return text;
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence(std::string_view(text).substr(at));
        made += length ? text.substr(at, length) : "\xef\xbf\xbd";
        at += std::max<std::size_t>(length, 1);
    }
    return made;
}

std::optional<double> sourceNumber(std::string_view text)
{
    text = trimmed(text);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-' && text[1] != '+')
        text.remove_prefix(1);
    if (text.empty())
        return std::nullopt;
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ptr != text.data() + text.size())
        return std::nullopt;
    if (end.ec == std::errc::result_out_of_range) {
        const auto exponent = text.find_first_of("eE");
        const bool isSmall = exponent != std::string_view::npos && text.substr(exponent).find('-') != text.npos;
        value = isSmall ? 0 : std::numeric_limits<double>::infinity();
        return text.front() == '-' ? -value : value;
    }
    return end.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> sourceStep(double number)
{
    if (!std::isfinite(number) || std::abs(number) > kWholeLimit || number != std::floor(number))
        return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> sourceStep(std::string_view text)
{
    text = trimmed(text);
    std::int64_t whole = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (end.ec == std::errc() && end.ptr == text.data() + text.size() && !text.empty())
        return whole;
    const auto number = sourceNumber(text);
    return number ? sourceStep(*number) : std::nullopt;
}

std::optional<double> isoTime(std::string_view text)
{
    text = trimmed(text);
    const auto year = digits(text, 4);
    if (!year || !take(text, "-/"))
        return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !take(text, "-/"))
        return std::nullopt;
    const auto day = digits(text, 2);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok())
        return std::nullopt;
    double seconds = std::chrono::duration<double>(std::chrono::sys_days(date).time_since_epoch()).count();
    if (text.empty())
        return seconds;
    if (!take(text, "T t"))
        return std::nullopt;
    const auto hour = digits(text, 2);
    if (!hour || !take(text, ":"))
        return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute)
        return std::nullopt;
    seconds += *hour * 3600.0 + *minute * 60.0;
    if (take(text, ":")) {
        std::size_t length = 0;
        while (length < text.size() && (std::isdigit(static_cast<unsigned char>(text[length])) || text[length] == '.'))
            ++length;
        const auto second = sourceNumber(text.substr(0, length));
        if (!second)
            return std::nullopt;
        seconds += *second;
        text.remove_prefix(length);
    }
    const auto ahead = zone(text);
    return ahead ? std::optional(seconds - *ahead) : std::nullopt;
}

nlohmann::json pythonJson(std::string_view text)
{
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_discarded()
        || (text.find("NaN") == std::string_view::npos && text.find("Infinity") == std::string_view::npos))
        return json;
    std::string quoted;
    bool isText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isText && text[i] == '\\' && i + 1 < text.size()) {
            quoted.append(text.substr(i++, 2));
            continue;
        }
        isText = isText != (text[i] == '"');
        std::string_view word;
        for (const std::string_view one : { "NaN", "-Infinity", "Infinity" }) {
            if (!isText && word.empty() && text.substr(i).starts_with(one))
                word = one;
        }
        if (word.empty()) {
            quoted += text[i];
            continue;
        }
        quoted.append("\"").append(word).append("\"");
        i += word.size() - 1;
    }
    return nlohmann::json::parse(quoted, nullptr, false);
}

std::optional<double> jsonNumber(const nlohmann::json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text == "NaN" || text == "Infinity" || text == "-Infinity" || text == "nan" || text == "inf"
            || text == "-inf")
            return sourceNumber(text);
    }
    return std::nullopt;
}

std::string jsonText(const nlohmann::json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace nabiz::app
