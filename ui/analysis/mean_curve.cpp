// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/mean_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

} // namespace

void MeanCurve::take(Member& member, double value) const
{
    if (member.last.size() < m_meanOf) {
        member.last.push_back(value);
    } else {
        member.last[member.next % m_meanOf] = value;
    }
    ++member.next;
}

void MeanCurve::update(const std::vector<const Points*>& members, const std::function<void(const MeanPoint&)>& add)
{
    m_members.resize(members.size());
    if (members.empty()) {
        return;
    }
    std::vector<double> values(members.size()), batches(members.size());
    for (;;) {
        double batch = -kInfinite;
        bool all = true;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (m_members[i].next >= members[i]->size()) {
                return;
            }
            batches[i] = members[i]->batch(m_members[i].next);
            all = all && (i == 0 || batches[i] == batch);
            batch = std::max(batch, batches[i]);
        }
        if (!all) { // those behind come up to the one furthest on
            for (std::size_t i = 0; i < members.size(); ++i) {
                while (m_members[i].next < members[i]->size() && members[i]->batch(m_members[i].next) < batch) {
                    take(m_members[i], members[i]->value(m_members[i].next));
                }
            }
            continue;
        }
        MeanPoint point { batch, 0, 0, kInfinite, -kInfinite };
        for (std::size_t i = 0; i < members.size(); ++i) {
            point.time += members[i]->time(m_members[i].next) / static_cast<double>(members.size());
            values[i] = members[i]->value(m_members[i].next);
            take(m_members[i], values[i]);
            const double mean = ui::meanOf(m_members[i].last.data(), m_members[i].last.size());
            point.low = std::isnan(mean) ? mean : std::min(point.low, mean);
            point.high = std::isnan(mean) ? mean : std::max(point.high, mean);
        }
        point.mean = ui::meanOf(values.data(), values.size());
        if (std::isnan(point.mean) || std::isnan(point.low) || std::isnan(point.high)) {
            point.low = point.high = std::nan("");
        }
        add(point);
    }
}

} // namespace nabiz::ui
