// SPDX-License-Identifier: GPL-3.0-or-later
// The mean of several runs' curves at the batches that all of them have, with what each of them is there. Grows as they
// grow, each point taken once. The owner's thread.
#pragma once

#include "ui/analysis/points.h"

#include <functional>
#include <span>
#include <vector>

namespace nabiz::ui {

struct MeanPoint {
    double batch = 0;
    double time = 0; // the mean of theirs
    double mean = 0; // NaN where one of them is not finite
    std::span<const double> values; // of each member, while the point is told
};

class MeanCurve {
public:
    // The same members each time, with more points or as many.
    void update(const std::vector<const Points*>& members, const std::function<void(const MeanPoint&)>& add);

private:
    std::vector<std::size_t> m_next; // of each member
};

} // namespace nabiz::ui
