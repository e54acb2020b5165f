// SPDX-License-Identifier: GPL-3.0-or-later
// Which points lie among the last batches of a run. They are counted by their batches, not by the points: of a page
// that gives a loss every hundred batches, the last twenty batches hold one. Pure; any thread.
#pragma once

#include <cstddef>

namespace nabiz::storage {

// How many a "mean of the last batches" is over, wherever one is told.
inline constexpr std::size_t kLastBatches = 20;

// Index of the first of those points before `end` that lie among the `count` batches up to the last of them, at most
// `count` points. `batch(i)` gives a point's batch; where the batches begin anew, so does what is counted.
template <typename Batch> std::size_t firstOfLast(std::size_t end, std::size_t count, const Batch& batch)
{
    if (end == 0)
        return 0;
    std::size_t first = end - 1;
    const double before = batch(first) - static_cast<double>(count);
    while (first > 0 && end - first < count && batch(first - 1) > before && batch(first - 1) <= batch(first))
        --first;
    return first;
}

} // namespace nabiz::storage
