// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/inbox/inbox_line.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace nabiz::app {

namespace {

constexpr std::size_t kMostFigures = 64; // each is compared with each

bool take(std::string_view& text, std::string_view sign)
{
    if (!text.starts_with(sign))
        return false;
    text.remove_prefix(sign.size());
    return true;
}

// As JSON has them: it begins with a digit or a minus.
template <typename Number> bool number(std::string_view& text, Number& value)
{
    const auto first = text.starts_with('-') ? std::size_t { 1 } : 0;
    if (first >= text.size() || text[first] < '0' || text[first] > '9')
        return false;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc())
        return false;
    text.remove_prefix(static_cast<std::size_t>(end.ptr - text.data()));
    return true;
}

bool figure(std::string_view& text, double& value)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (!text.starts_with('"'))
        return number(text, value);
    value = take(text, "\"NaN\"")     ? std::nan("")
        : take(text, "\"Infinity\"")  ? kInfinity
        : take(text, "\"-Infinity\"") ? -kInfinity
                                      : 0;
    return !std::isfinite(value);
}

// Without an escape, which the name itself would not be.
bool name(std::string_view& text, std::string_view& value)
{
    if (!take(text, "\""))
        return false;
    const auto end = text.find_first_of("\"\\");
    if (end == std::string_view::npos || text[end] != '"')
        return false;
    value = text.substr(0, end);
    text.remove_prefix(end + 1);
    return true;
}

} // namespace

bool InboxLine::read(std::string_view line)
{
    figures.clear();
    if (!take(line, "{\"t\":") || !number(line, wall) || !take(line, ",\"s\":") || !number(line, step)
        || !take(line, ",\"m\":{"))
        return false;
    do {
        auto& [key, value] = figures.emplace_back();
        if (!name(line, key) || !take(line, ":") || !figure(line, value))
            return false;
        if (figures.size() > kMostFigures)
            return false;
        for (std::size_t i = 0; i + 1 < figures.size(); ++i) {
            if (figures[i].first == key)
                return false; // of two of a name a reader of JSON takes the last
        }
    } while (take(line, ","));
    return line == "}}";
}

} // namespace nabiz::app
