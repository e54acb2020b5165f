// SPDX-License-Identifier: GPL-3.0-or-later
// A loss as a mean over its last k batches, and where that was lowest: a single batch may be low by luck, so "best" and
// "reached" rest on this. Of a page that gives a point now and then, each point stands for itself. Takes each point
// once, keeps one number for a thousand of them, and finds where a value was reached without going through all. The
// owner's thread.
#pragma once

#include "storage/reading/last_batches.h"
#include "ui/analysis/points.h"

#include <optional>
#include <vector>

namespace nabiz::ui {

// The k of what is said of a training loss. A validation loss is a mean already: k = 1.
inline constexpr std::size_t kMeanOf = storage::kLastBatches;

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

    // The mean of the points among the k batches up to that of i. NaN where so many batches have not been yet, and
    // where one of the points is not finite: a loss that went out of bounds is not mended by leaving that out.
    double mean(const Points& points, std::size_t i) const;
    // How many points that is.
    std::size_t count(const Points& points, std::size_t i) const;
    std::optional<Mark> best(const Points& points) const;
    std::optional<Mark> last(const Points& points) const;
    // Where the mean was first at or below `target`.
    std::optional<Mark> reached(const Points& points, double target) const;

private:
    // k batches have been since the first point. A single point far along is all that is known of its run.
    bool isWhole(const Points& points, std::size_t i) const;
    void moveWindow(const Points& points, std::size_t i);
    std::optional<Mark> mark(const Points& points, std::size_t i) const;

    std::size_t m_meanOf;
    std::size_t m_size = 0;
    std::size_t m_first = 0; // of the points that the last mean was over
    std::size_t m_best = 0;
    std::vector<double> m_lowestUpTo; // by block: the lowest mean from the start to its end
};

} // namespace nabiz::ui
