// SPDX-License-Identifier: GPL-3.0-or-later
// A grid: settings that take several values, and the configurations that they make together. An override writes them
// with commas and as ranges: training.learning_rate=1e-4,3e-4, training.seed=1..3, model.dropout=0..0.4..0.1 (the step
// last). For numbers, booleans and choices; the commas of a text or a list are its own. Pure; any thread.
#pragma once

#include "trainer/base/problem.h"
#include "trainer/config/parameters/config.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nabiz::trainer {

inline constexpr std::int64_t kMostCells = 1000;

struct GridAxis {
    std::string key;
    std::vector<Value> values; // in the order written; empty when there are more than kMostCells
    double count = 0; // however many
};

// Numbers, booleans and choices.
bool canVary(const Parameter& row);
// Whether an override's words vary its setting.
bool isVaried(std::string_view override);
// The values of one that does, or why not.
struct AxisReading {
    GridAxis axis;
    std::optional<Problem> problem;
};
AxisReading readAxis(std::string_view override);

class Grid {
public:
    // The seed goes innermost, the others in the order given.
    explicit Grid(std::vector<GridAxis> axes);

    using Cell = std::vector<std::pair<std::string, Value>>;

    bool isEmpty() const { return m_axes.empty(); }
    const std::vector<GridAxis>& axes() const { return m_axes; }
    double count() const; // 1 without axes
    std::optional<Problem> problem() const; // more than kMostCells
    Cell cell(std::size_t index) const;

    // "quick learning_rate=1e-4 s1".
    static std::string name(const std::string& base, const Cell& cell);

private:
    std::vector<GridAxis> m_axes;
};

} // namespace nabiz::trainer
