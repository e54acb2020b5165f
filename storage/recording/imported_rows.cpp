// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/imported_rows.h"

#include <cmath>
#include <queue>
#include <tuple>

namespace nabiz::storage {

namespace {

// What a program logs in one go bears times that differ by the time that the calls took.
constexpr double kSameMoment = 0.001; // seconds

struct Head {
    std::int32_t life;
    std::int64_t step;
    double wall; // without one, before all others
    std::uint32_t series;
    std::size_t at;

    friend bool operator>(const Head& a, const Head& b)
    {
        return std::tie(a.life, a.step, a.wall, a.series) > std::tie(b.life, b.step, b.wall, b.series);
    }
};

Head head(const ImportedSeries& series, std::uint32_t number, std::size_t at)
{
    const ImportedPoint& point = series.points[at];
    const double wall = std::isfinite(point.wall) ? point.wall : -std::numeric_limits<double>::infinity();
    return { point.life, point.step, wall, number, at };
}

bool sharesRow(const Head& row, const Head& next)
{
    return row.life == next.life && row.step == next.step
        && (row.wall == next.wall || std::abs(row.wall - next.wall) <= kSameMoment);
}

} // namespace

void forEachRow(const std::vector<ImportedSeries>& series, const std::function<void(const ImportedRow&)>& row)
{
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    for (std::uint32_t i = 0; i < series.size(); ++i) {
        if (!series[i].points.empty())
            heads.push(head(series[i], i, 0));
    }
    std::vector<Head> taken;
    while (!heads.empty()) {
        const Head first = heads.top();
        taken.clear();
        while (!heads.empty() && sharesRow(first, heads.top())) {
            taken.push_back(heads.top()); // each series once: its next point comes back behind the row
            heads.pop();
        }
        for (const Head& one : taken) {
            const auto& points = series[one.series].points;
            row({ one.step, points[one.at].wall, one.life, &one == &taken.front(), one.series, points[one.at].value });
            if (one.at + 1 < points.size())
                heads.push(head(series[one.series], one.series, one.at + 1));
        }
    }
}

} // namespace nabiz::storage
