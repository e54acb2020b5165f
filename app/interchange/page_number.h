// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as people publish them: with a decimal point or a decimal comma, with or without groups of thousands. What
// could be read in two ways is read by what the rest of the page does, and not at all when that does not tell. Pure;
// any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nabiz::app {

class PageNumbers {
public:
    enum class Style { Unknown, Point, Comma, Mixed };

    PageNumbers() = default;
    explicit PageNumbers(Style style)
        : m_style(style)
    {
    }
    // Looks at every number of a page that can be read in one way only.
    static PageNumbers of(std::string_view page);

    Style style() const { return m_style; }
    // nan, inf and -inf are numbers too. Nothing for what is none, or could be two.
    std::optional<double> read(std::string_view text) const;
    // A whole number, 0 or more.
    std::optional<std::int64_t> readWhole(std::string_view text) const;
    // It is a number, but could be two: 1,234.
    bool isAmbiguous(std::string_view text) const;

private:
    Style m_style = Style::Unknown;
};

// How many bytes of the number that `text` begins with, 0 when it begins with none. A sign, digits, groups, a fraction
// and an exponent; a full stop or comma behind it that no digit follows is not part of it.
std::size_t numberLength(std::string_view text);

// Whether the number, as it is written, is the known one with fewer digits: 2.51, where 2.5123 is known.
bool isRounded(double known, double number, std::string_view written);

} // namespace nabiz::app
