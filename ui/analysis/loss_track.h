// SPDX-License-Identifier: GPL-3.0-or-later
// A loss as a mean of its last k points, and where that was lowest: a single batch may be low by luck, so "best" and
// "reached" rest on this. Takes each point once, keeps one number for a thousand of them, and finds where a value was
// reached without going through all. The owner's thread.
#pragma once

#include "ui/analysis/points.h"

#include <optional>
#include <vector>

namespace nabiz::ui {

// The k of what is said of a training loss. A validation loss is a mean already: k = 1.
inline constexpr std::size_t kMeanOf = 20;

struct Mark {
    double value = 0;
    double batch = 0;
    double time = 0;
};

class LossTrack {
public:
    explicit LossTrack(std::size_t meanOf)
        : m_meanOf(meanOf)
    {
    }

    std::size_t meanOf() const { return m_meanOf; }
    // Takes the points that have come since.
    void update(const Points& points);

    // The mean of the k points up to and with i, or of all where there are fewer. NaN where one of them is not finite: a loss
    // that went out of bounds is not mended by leaving that out.
    double mean(const Points& points, std::size_t i) const;
    // Over whole windows; of a run shorter than k, its one mean.
    std::optional<Mark> best(const Points& points) const;
    std::optional<Mark> last(const Points& points) const;
    // Where the mean was first at or below `target`.
    std::optional<Mark> reached(const Points& points, double target) const;

private:
    std::optional<Mark> mark(const Points& points, std::size_t i) const;

    std::size_t m_meanOf;
    std::size_t m_size = 0;
    std::size_t m_best = 0;
    std::vector<double> m_lowestUpTo; // by block: the lowest mean from the start to its end
};

} // namespace nabiz::ui
