// SPDX-License-Identifier: GPL-3.0-or-later
// A curve in a terminal, in braille dots, two across and four down a character. Of more points than there is room for,
// each column shows all the heights it crosses, so that no spike is lost. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace nabiz::app {

struct TerminalCurve {
    std::size_t size = 0;
    std::function<double(std::size_t)> x; // rising
    std::function<double(std::size_t)> y; // what is not finite is left out
    std::function<std::string(double)> label; // of a height
};

// `rows` lines of the curve and one of its x axis, each at most `columns` wide. Empty when no point is finite.
std::vector<std::string> drawCurve(const TerminalCurve& curve, int columns, int rows);

} // namespace nabiz::app
