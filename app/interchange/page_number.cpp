// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace nabiz::app {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr std::string_view kMinus = "\xE2\x88\x92"; // U+2212

std::size_t signLength(std::string_view text)
{
    if (text.starts_with(kMinus))
        return kMinus.size();
    return !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
}

// What stands between sign and exponent, taken apart.
struct Shape {
    bool negative = false;
    std::string_view mantissa, exponent; // exponent with its sign, without the e
    int points = 0, commas = 0;
    std::size_t last = std::string_view::npos; // of the last separator in the mantissa
};

std::optional<Shape> shapeOf(std::string_view text)
{
    Shape shape;
    if (text.empty() || numberLength(text) != text.size())
        return std::nullopt;
    shape.negative = text[0] == '-' || text.starts_with(kMinus);
    text.remove_prefix(signLength(text));
    const auto e = text.find_first_of("eE");
    shape.mantissa = text.substr(0, e);
    shape.exponent = e == std::string_view::npos ? std::string_view() : text.substr(e + 1);
    shape.points = static_cast<int>(std::count(shape.mantissa.begin(), shape.mantissa.end(), '.'));
    shape.commas = static_cast<int>(std::count(shape.mantissa.begin(), shape.mantissa.end(), ','));
    shape.last = shape.mantissa.find_last_of(".,");
    return shape;
}

// 12,345,678: every group but the first has three digits.
bool isGrouped(std::string_view digits, char separator)
{
    std::size_t group = 0, groups = 0;
    for (const char c : digits) {
        if (c != separator) {
            ++group;
            continue;
        }
        if (groups++ == 0 ? group < 1 || group > 3 : group != 3)
            return false;
        group = 0;
    }
    return groups > 0 && group == 3 && digits[0] != '0';
}

// One separator, and three digits behind it: a fraction or a group.
bool isTwofold(const Shape& shape)
{
    return shape.points + shape.commas == 1 && shape.exponent.empty()
        && isGrouped(shape.mantissa, shape.mantissa[shape.last]);
}

std::optional<double> value(const Shape& shape, char decimal)
{
    std::string plain = shape.negative ? "-" : "";
    for (const char c : shape.mantissa) {
        if (isDigit(c))
            plain += c;
        else if (c == decimal)
            plain += '.';
    }
    if (!shape.exponent.empty())
        plain.append("e").append(shape.exponent);
    double result = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), result);
    return error == std::errc() && end == plain.data() + plain.size() ? std::optional(result) : std::nullopt;
}

std::optional<double> word(std::string_view text)
{
    std::string lower;
    for (const char c : text)
        lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (lower == "nan")
        return std::numeric_limits<double>::quiet_NaN();
    if (lower == "inf" || lower == "+inf" || lower == "-inf" || lower == "infinity" || lower == "-infinity")
        return lower[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    return std::nullopt;
}

// Digits, commas and the like alone: a row of a table of commas, in which a comma says nothing of the decimal sign.
bool isCommaRow(std::string_view line)
{
    return line.find(',') != std::string_view::npos
        && line.find_first_not_of("0123456789.,eE+-naif \t\r") == std::string_view::npos;
}

} // namespace

std::size_t numberLength(std::string_view text)
{
    std::size_t at = signLength(text);
    if (at >= text.size() || !isDigit(text[at]))
        return 0;
    while (at < text.size()) {
        const bool isInner = (text[at] == '.' || text[at] == ',') && at + 1 < text.size() && isDigit(text[at + 1]);
        if (!isDigit(text[at]) && !isInner)
            break;
        ++at;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const std::size_t sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+') ? 1 : 0;
        std::size_t end = at + 1 + sign;
        while (end < text.size() && isDigit(text[end]))
            ++end;
        if (end > at + 1 + sign)
            at = end;
    }
    return at;
}

bool isRounded(double known, double number, std::string_view written)
{
    const auto point = written.find_last_of(".,");
    if (point == std::string_view::npos || written.find_first_of("eE") != std::string_view::npos)
        return false;
    const auto half = 0.5 * std::pow(10.0, -static_cast<double>(written.size() - point - 1));
    return std::abs(known - number) <= half * 1.000001;
}

PageNumbers PageNumbers::of(std::string_view page)
{
    bool point = false, comma = false;
    while (!page.empty()) {
        const auto end = page.find('\n');
        auto line = page.substr(0, end);
        page = end == std::string_view::npos ? std::string_view() : page.substr(end + 1);
        if (isCommaRow(line))
            continue;
        for (char before = ' '; !line.empty();) {
            const auto length = numberLength(line);
            const auto shape = length ? shapeOf(line.substr(0, length)) : std::nullopt;
            if (shape && shape->points + shape->commas > 0 && !isTwofold(*shape)) {
                const bool once = shape->points + shape->commas == 1 || (shape->points > 0 && shape->commas > 0);
                if (!once && !isGrouped(shape->mantissa, shape->mantissa[shape->last])) { // a version, a date
                    line.remove_prefix(length);
                    continue;
                }
                const bool last = shape->mantissa[shape->last] == ',';
                // CUDA_VISIBLE_DEVICES=0,1 is a list, and no fraction.
                const bool isList = once && last && shape->mantissa.size() == shape->last + 2 && before == '=';
                if (isList) {
                    line.remove_prefix(length);
                    continue;
                }
                (once ? last : !last) ? comma = true : point = true;
            }
            const auto behind = std::max<std::size_t>(length, 1);
            before = line[behind - 1];
            line.remove_prefix(behind);
        }
    }
    return PageNumbers(point && comma ? Style::Mixed : point ? Style::Point : comma ? Style::Comma : Style::Unknown);
}

bool PageNumbers::isAmbiguous(std::string_view text) const
{
    const auto shape = shapeOf(text);
    if (!shape || !isTwofold(*shape))
        return false;
    return m_style == Style::Mixed || (shape->commas == 1 && m_style == Style::Unknown);
}

std::optional<double> PageNumbers::read(std::string_view text) const
{
    if (const auto special = word(text))
        return special;
    const auto shape = shapeOf(text);
    if (!shape || isAmbiguous(text))
        return std::nullopt;
    const int separators = shape->points + shape->commas;
    if (separators == 0)
        return value(*shape, '.');
    const char last = shape->mantissa[shape->last];
    if (separators == 1) {
        const bool isGroup = isTwofold(*shape) && (last == '.' ? m_style == Style::Comma : m_style == Style::Point);
        return value(*shape, isGroup ? '\0' : last);
    }
    if (shape->points == 0 || shape->commas == 0)
        return isGrouped(shape->mantissa, last) ? value(*shape, '\0') : std::nullopt;
    const char group = last == '.' ? ',' : '.';
    const bool whole = isGrouped(shape->mantissa.substr(0, shape->last), group);
    return whole ? value(*shape, last) : std::nullopt;
}

std::optional<std::int64_t> PageNumbers::readWhole(std::string_view text) const
{
    const auto shape = shapeOf(text);
    if (!shape || shape->negative || !shape->exponent.empty())
        return std::nullopt;
    const bool isGroup = shape->points + shape->commas > 0;
    if (isGroup && (shape->points > 0) == (shape->commas > 0))
        return std::nullopt;
    if (isGroup
        && (!isGrouped(shape->mantissa, shape->mantissa[shape->last])
            || (shape->points > 0 ? m_style != Style::Comma : m_style != Style::Point)))
        return std::nullopt;
    const auto number = value(*shape, '\0');
    return number && *number < 9e15 ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

} // namespace nabiz::app
