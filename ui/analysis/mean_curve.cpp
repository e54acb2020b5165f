// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/mean_curve.h"

#include <algorithm>
#include <limits>

namespace nabiz::ui {

void MeanCurve::update(const std::vector<const Points*>& members, const std::function<void(const MeanPoint&)>& add)
{
    m_next.resize(members.size());
    if (members.empty()) {
        return;
    }
    std::vector<double> values(members.size()), batches(members.size());
    for (;;) {
        double batch = -std::numeric_limits<double>::infinity();
        bool all = true;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (m_next[i] >= members[i]->size()) {
                return;
            }
            batches[i] = members[i]->batch(m_next[i]);
            all = all && (i == 0 || batches[i] == batch);
            batch = std::max(batch, batches[i]);
        }
        if (!all) { // those behind come up to the one furthest on
            for (std::size_t i = 0; i < members.size(); ++i) {
                while (m_next[i] < members[i]->size() && members[i]->batch(m_next[i]) < batch) {
                    ++m_next[i];
                }
            }
            continue;
        }
        MeanPoint point { batch, 0, 0, values };
        for (std::size_t i = 0; i < members.size(); ++i) {
            point.time += members[i]->time(m_next[i]) / static_cast<double>(members.size());
            values[i] = members[i]->value(m_next[i]++);
        }
        point.mean = meanOf(values.data(), values.size());
        add(point);
    }
}

} // namespace nabiz::ui
