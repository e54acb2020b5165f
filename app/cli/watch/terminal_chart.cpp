// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watch/terminal_chart.h"

#include "app/cli/console.h"
#include "app/run/terminal_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::app {

namespace {

constexpr int kLeastWidth = 10; // of the curve itself

// The dots of one character, as Unicode numbers them: U+2800 and a bit each.
constexpr unsigned kBits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

std::string braille(unsigned bits)
{
    const unsigned code = 0x2800 + bits;
    return { static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
        static_cast<char>(0x80 | (code & 0x3F)) };
}

class Dots {
public:
    Dots(int columns, int rows)
        : m_columns(columns)
        , m_bits(static_cast<std::size_t>(columns * rows))
    {
    }
    void set(int x, int y) { m_bits[static_cast<std::size_t>((y / 4) * m_columns + x / 2)] |= kBits[y % 4][x % 2]; }
    std::string line(int row) const
    {
        std::string text;
        for (int column = 0; column < m_columns; ++column) {
            const unsigned bits = m_bits[static_cast<std::size_t>(row * m_columns + column)];
            text += bits == 0 ? " " : braille(bits);
        }
        return text;
    }

private:
    int m_columns;
    std::vector<unsigned> m_bits;
};

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool isEmpty() const { return low > high; }
    // 0 at the low end.
    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t has = textWidth(text);
    return std::string(width > has ? width - has : 0, ' ') + text;
}

void plot(const TerminalCurve& curve, const Range& x, const Range& y, int columns, int rows, Dots& dots)
{
    std::vector<Range> heights(static_cast<std::size_t>(columns * 2)); // of dots, a column each
    for (std::size_t i = 0; i < curve.size; ++i) {
        const double value = curve.y(i);
        if (!std::isfinite(value))
            continue;
        const auto at = static_cast<std::size_t>(std::lround(x.share(curve.x(i)) * (columns * 2 - 1)));
        heights[at].add(std::round((1 - y.share(value)) * (rows * 4 - 1)));
    }
    const Range* before = nullptr;
    for (int column = 0; column < columns * 2; ++column) {
        const Range& height = heights[static_cast<std::size_t>(column)];
        if (height.isEmpty())
            continue;
        // Up to where the column before it ended, so that a steep curve has no gap.
        Range drawn = height;
        if (before && before->low > drawn.high)
            drawn.high = before->low - 1;
        else if (before && before->high < drawn.low)
            drawn.low = before->high + 1;
        for (int dot = static_cast<int>(drawn.low); dot <= static_cast<int>(drawn.high); ++dot)
            dots.set(column, dot);
        before = &height;
    }
}

} // namespace

std::vector<std::string> drawCurve(const TerminalCurve& curve, int columns, int rows)
{
    Range x, y;
    for (std::size_t i = 0; i < curve.size; ++i) {
        if (!std::isfinite(curve.y(i)))
            continue;
        x.add(curve.x(i));
        y.add(curve.y(i));
    }
    if (y.isEmpty() || rows < 1)
        return {};
    const std::string top = curve.label(y.high), bottom = curve.label(y.low);
    const std::size_t labels = std::max(textWidth(top), textWidth(bottom));
    const int width = std::max(columns - static_cast<int>(labels) - 2, kLeastWidth);
    Dots dots(width, rows);
    plot(curve, x, y, width, rows, dots);
    std::vector<std::string> lines;
    for (int row = 0; row < rows; ++row) {
        const std::string& label = row == 0 ? top : row == rows - 1 ? bottom : std::string();
        lines.push_back(padded(label, labels) + " │" + dots.line(row));
    }
    const std::string first = countText(std::llround(x.low)), last = countText(std::llround(x.high));
    lines.push_back(std::string(labels + 2, ' ') + first
        + padded(last, static_cast<std::size_t>(std::max(width - static_cast<int>(first.size()), 1))));
    return lines;
}

} // namespace nabiz::app
