// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/points.h"

#include <cmath>

namespace nabiz::ui {
namespace {

template <typename Column> std::size_t lastAtOrBefore(std::size_t size, double x, const Column& column)
{
    std::size_t first = 0, last = size;
    while (first < last) {
        const std::size_t middle = first + (last - first) / 2;
        if (column(middle) <= x) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first == 0 ? size : first - 1;
}

} // namespace

std::size_t lastAtBatch(const Points& points, double batch)
{
    return lastAtOrBefore(points.size(), batch, [&points](std::size_t i) { return points.batch(i); });
}

std::size_t lastAtTime(const Points& points, double time)
{
    return lastAtOrBefore(points.size(), time, [&points](std::size_t i) { return points.time(i); });
}

// Summed anew for every window: a sliding sum would never forget a 1e308.
double meanOf(const double* values, std::size_t count)
{
    const double share = 1 / static_cast<double>(count);
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (std::size_t k = 0; k < 4; ++k) {
            sums[k] += values[i + k];
        }
    }
    for (; i < count; ++i) {
        sums[0] += values[i];
    }
    const double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    if (std::isfinite(sum)) {
        return sum * share;
    }
    double mean = 0; // the sum may have left the range where the mean has not
    for (i = 0; i < count; ++i) {
        mean += values[i] * share;
    }
    return std::isfinite(mean) ? mean : std::nan("");
}

} // namespace nabiz::ui
