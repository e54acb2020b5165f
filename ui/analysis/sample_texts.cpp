// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/sample_texts.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace nabiz::ui {
namespace {

std::set<std::int64_t> batchesOf(const std::vector<storage::Event>& events)
{
    std::set<std::int64_t> batches;
    for (const storage::Event& event : events) {
        if (event.kind == "sample") {
            batches.insert(event.batch);
        }
    }
    return batches;
}

} // namespace

std::vector<std::int64_t> sampleBatches(const std::vector<const std::vector<storage::Event>*>& runs)
{
    std::set<std::int64_t> all;
    for (const auto* const events : runs) {
        all.merge(batchesOf(*events));
    }
    return { all.begin(), all.end() };
}

std::optional<std::int64_t> commonSampleBatch(const std::vector<const std::vector<storage::Event>*>& runs)
{
    std::optional<std::set<std::int64_t>> common;
    std::optional<std::int64_t> shortest;
    for (const auto* const events : runs) {
        const std::set<std::int64_t> batches = batchesOf(*events);
        if (batches.empty()) {
            continue;
        }
        shortest = std::min(shortest.value_or(*batches.rbegin()), *batches.rbegin());
        if (!common) {
            common = batches;
            continue;
        }
        std::set<std::int64_t> both;
        std::set_intersection(
            common->begin(), common->end(), batches.begin(), batches.end(), std::inserter(both, both.end()));
        common = std::move(both);
    }
    return common && !common->empty() ? std::optional(*common->rbegin()) : shortest;
}

const storage::Event* nearestSample(const std::vector<storage::Event>& events, std::int64_t batch)
{
    const storage::Event* nearest = nullptr;
    const auto distance = [batch](const storage::Event& event) {
        return event.batch < batch ? batch - event.batch : event.batch - batch;
    };
    for (const storage::Event& event : events) {
        if (event.kind != "sample") {
            continue;
        }
        const bool nearer = !nearest || distance(event) < distance(*nearest) || event.batch == nearest->batch
            || (distance(event) == distance(*nearest) && event.batch < nearest->batch);
        nearest = nearer ? &event : nearest;
    }
    return nearest;
}

} // namespace nabiz::ui
