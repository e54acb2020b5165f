// SPDX-License-Identifier: GPL-3.0-or-later
// The mean of several runs' curves at the batches that all of them have, with the lowest and the highest of them. Grows as
// they grow, each point taken once. The owner's thread.
#pragma once

#include "ui/analysis/points.h"

#include <functional>
#include <vector>

namespace nabiz::ui {

struct MeanPoint {
    double batch = 0;
    double time = 0; // the mean of theirs
    double mean = 0; // NaN where one of them is not finite
    // Of the members' means of their last k points: of single batches the band would show the noise of a batch, not the
    // difference between runs.
    double low = 0, high = 0;
};

class MeanCurve {
public:
    explicit MeanCurve(std::size_t meanOf)
        : m_meanOf(meanOf)
    {
    }
    // The same members each time, with more points or as many.
    void update(const std::vector<const Points*>& members, const std::function<void(const MeanPoint&)>& add);

private:
    // The last k values of a member, in a ring.
    struct Member {
        std::size_t next = 0;
        std::vector<double> last;
    };
    void take(Member& member, double value) const;

    std::size_t m_meanOf;
    std::vector<Member> m_members;
};

} // namespace nabiz::ui
