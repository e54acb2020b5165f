// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/fold_case.h"
#include "trainer/config/filter/filter_node.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

namespace nabiz::trainer {

namespace {

struct Suffix {
    std::string_view name;
    double factor;
};
constexpr std::array<Suffix, 3> kCounts { { { "k", 1e3 }, { "m", 1e6 }, { "g", 1e9 } } };
constexpr std::array<Suffix, 13> kBytes { { { "b", 1 }, { "k", 1e3 }, { "kb", 1e3 }, { "m", 1e6 }, { "mb", 1e6 },
    { "g", 1e9 }, { "gb", 1e9 }, { "t", 1e12 }, { "tb", 1e12 }, { "kib", 1024.0 }, { "mib", 1048576.0 },
    { "gib", 1073741824.0 }, { "tib", 1099511627776.0 } } };
constexpr std::array<Suffix, 6> kSeconds { { { "ms", 1e-3 }, { "s", 1 }, { "min", 60 }, { "m", 60 }, { "h", 3600 },
    { "d", 86400 } } };

std::span<const Suffix> suffixes(FilterKind kind)
{
    switch (kind) {
    case FilterKind::Number:
        return kCounts;
    case FilterKind::Bytes:
        return kBytes;
    case FilterKind::Seconds:
        return kSeconds;
    default:
        return {};
    }
}

// Written with a point, or with the comma that the keyboard of a decimal-comma country has.
std::optional<double> number(std::string_view text, std::span<const Suffix> units)
{
    std::string plain(text.starts_with('+') ? text.substr(1) : text);
    if (const auto comma = plain.find(','); comma != std::string::npos && plain.find('.') == std::string::npos)
        plain[comma] = '.';
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc())
        return std::nullopt;
    const std::string rest
        = foldCase(std::string_view(end, static_cast<std::size_t>(plain.data() + plain.size() - end)));
    if (rest.empty())
        return value;
    for (const Suffix& unit : units) {
        if (rest == unit.name)
            return value * unit.factor;
    }
    return std::nullopt;
}

FilterLiteral range(double from, double to)
{
    return { .isNumber = true, .from = from, .to = to };
}

double milliseconds(std::tm moment)
{
    moment.tm_isdst = -1;
    return static_cast<double>(std::mktime(&moment)) * 1000;
}

FilterLiteral day(std::tm date)
{
    date.tm_hour = date.tm_min = date.tm_sec = 0;
    std::tm next = date;
    ++next.tm_mday;
    return range(milliseconds(date), milliseconds(next));
}

std::optional<FilterLiteral> time(std::string_view text)
{
    if (text == "today" || text == "yesterday") {
        const std::time_t now = std::time(nullptr);
        std::tm date {};
        localtime_r(&now, &date);
        date.tm_mday -= text == "yesterday" ? 1 : 0;
        return day(date);
    }
    // Year, month, day, then hour, minute, second, each with what stands before it.
    constexpr std::string_view kBefore[] = { "", "-", "-", "T t", ":", ":" };
    constexpr int kLargest[] = { 9999, 12, 31, 23, 59, 60 };
    int parts[6] = {};
    int count = 0;
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (; count < 6 && at != end; ++count) {
        if (count > 0 && kBefore[count].find(*at++) == std::string_view::npos)
            return std::nullopt;
        const auto [rest, error] = std::from_chars(at, end, parts[count]);
        if (error != std::errc() || parts[count] < (count < 3 ? 1 : 0) || parts[count] > kLargest[count])
            return std::nullopt;
        at = rest;
    }
    if (at != end || count < 3 || count == 4 || parts[0] < 1970)
        return std::nullopt;
    std::tm moment {};
    moment.tm_year = parts[0] - 1900;
    moment.tm_mon = parts[1] - 1;
    moment.tm_mday = parts[2];
    moment.tm_hour = parts[3];
    moment.tm_min = parts[4];
    moment.tm_sec = parts[5];
    if (count == 3)
        return day(moment);
    const double from = milliseconds(moment);
    return range(from, from + (count == 5 ? 60'000 : 1000));
}

std::optional<FilterLiteral> flag(std::string_view text)
{
    if (text == "true" || text == "yes" || text == "1")
        return range(1, 1);
    if (text == "false" || text == "no" || text == "0")
        return range(0, 0);
    return std::nullopt;
}

} // namespace

std::optional<FilterLiteral> filterLiteral(std::string_view text, FilterKind kind)
{
    std::optional<FilterLiteral> literal;
    std::string folded = foldCase(text);
    switch (kind) {
    case FilterKind::Number:
    case FilterKind::Bytes:
    case FilterKind::Seconds:
        if (const auto value = number(text, suffixes(kind)))
            literal = range(*value, *value);
        break;
    case FilterKind::Time:
        literal = time(folded);
        break;
    case FilterKind::Flag:
        literal = flag(folded);
        break;
    case FilterKind::Any:
        if (const auto value = number(text, {}))
            literal = range(*value, *value);
        else
            literal.emplace();
        break;
    case FilterKind::Text:
    case FilterKind::List:
        literal.emplace();
        break;
    }
    if (literal)
        literal->text = std::move(folded);
    return literal;
}

} // namespace nabiz::trainer
