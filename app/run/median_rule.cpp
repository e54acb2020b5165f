// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/median_rule.h"

#include "storage/run_store.h"
#include "trainer/base/value.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

// The value at that batch; none where there is no finite one.
std::optional<double> lossAt(const storage::RunStore& store, storage::RunId run, std::int64_t batch)
{
    const auto metrics = store.metrics(run);
    const auto metric = std::ranges::find(metrics, "val.loss", &storage::Metric::name);
    if (metric == metrics.end())
        return std::nullopt;
    const storage::Series series = store.series(run, *metric);
    const auto at = std::ranges::find(series.batch, static_cast<double>(batch));
    if (at == series.batch.end())
        return std::nullopt;
    const double value = series.value[static_cast<std::size_t>(at - series.batch.begin())];
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string figure(double value)
{
    return trainer::toText(static_cast<float>(value));
}

} // namespace

std::optional<MedianRule> MedianRule::of(
    const std::filesystem::path& database, storage::RunId run, const trainer::Config& config)
{
    const std::int64_t evaluations = config.integer("queue.stop_worse_than_median");
    return evaluations > 0 ? std::optional(MedianRule(database, run, evaluations)) : std::nullopt;
}

MedianRule::MedianRule(std::filesystem::path database, storage::RunId run, std::int64_t evaluations)
    : m_database(std::move(database))
    , m_run(run)
    , m_evaluations(evaluations)
{
}

std::vector<double> MedianRule::othersAt(std::int64_t batch) const
{
    const storage::RunStore store(m_database);
    std::vector<double> losses;
    const auto own = store.run(m_run);
    if (!own || own->run.group.empty())
        return losses;
    for (const storage::RunOverview& overview : store.runs()) {
        if (overview.run.id == m_run || overview.run.group != own->run.group)
            continue;
        if (const auto loss = lossAt(store, overview.run.id, batch))
            losses.push_back(*loss);
    }
    return losses;
}

std::optional<trainer::Message> MedianRule::evaluated(std::int64_t batch, double loss)
{
    const std::vector<double> others = othersAt(batch);
    if (others.size() < kFewest)
        return std::nullopt; // which says nothing of those before
    const double median = medianOf(others);
    m_above = loss <= median ? 0 : m_above + 1; // NaN is above
    if (m_above < m_evaluations)
        return std::nullopt;
    return trainer::message(
        NABIZ_TEXT("Message",
            "Stopped by queue.stop_worse_than_median: its validation loss at batch %1, %2, is above the median of the %3 "
            "others of its group, %4, for the %5. evaluation in a row."),
        std::to_string(batch), figure(loss), std::to_string(others.size()), figure(median), std::to_string(m_above));
}

} // namespace nabiz::app
