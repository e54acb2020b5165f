// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/speed_forecast.h"

#include "app/run/environment.h"
#include "app/run/run_record.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nabiz::app {

namespace {

constexpr std::size_t kMostRuns = 500; // looked at, the newest
constexpr std::size_t kMostMeasured = 5; // of the same settings: the median of these
constexpr std::int64_t kFewestBatches = 3; // before a run has a speed

// A batch takes as long whatever they are.
constexpr std::array<std::string_view, 18> kNeutral { "data.train_path", "data.val_path", "data.split",
    "data.val_fraction", "data.sampling", "data.track_folder", "data.encoding", "model.init", "training.learning_rate",
    "training.schedule", "training.warmup_steps", "training.max_steps", "training.seed", "training.weight_decay",
    "training.adam_epsilon", "training.keep_checkpoints", "training.stop_on_nonfinite",
    "queue.stop_worse_than_median" };

std::string speedKey(const trainer::Config& config)
{
    std::string key;
    for (const trainer::Parameter& row : trainer::parameterTable()) {
        if (std::ranges::find(kNeutral, row.key) == kNeutral.end())
            key += trainer::toYaml(config.value(row.key)) + '\n';
    }
    return key;
}

std::string hostOf(const std::map<std::string, std::string>& facts)
{
    const auto found = facts.find("host");
    return found == facts.end() ? std::string() : found->second;
}

std::optional<double> measured(const storage::Summary& summary)
{
    if (summary.batches < kFewestBatches || !(summary.seconds > 0))
        return std::nullopt;
    return summary.seconds / static_cast<double>(summary.batches);
}

std::int64_t plannedBatches(const trainer::Config& config)
{
    return config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps");
}

} // namespace

SpeedForecast::SpeedForecast(const storage::RunStore& store)
{
    const std::string here = hostOf(environmentFacts());
    std::size_t looked = 0;
    for (const auto& [run, summary] : store.runs()) {
        const auto seconds = measured(summary);
        if (run.source != "nabiz" || !seconds || hostOf(run.facts) != here)
            continue;
        if (++looked > kMostRuns)
            break;
        auto& list = m_measured[speedKey(declaredConfig(store.parameters(run.id)))];
        if (list.size() < kMostMeasured)
            list.push_back(*seconds);
    }
}

std::optional<double> SpeedForecast::batchSeconds(const trainer::Config& config) const
{
    const auto found = m_measured.find(speedKey(config));
    if (found == m_measured.end())
        return std::nullopt;
    std::vector<double> values = found->second;
    std::ranges::sort(values);
    return values[values.size() / 2];
}

std::optional<double> SpeedForecast::seconds(const trainer::Config& config) const
{
    const auto batch = batchSeconds(config);
    return batch ? std::optional(*batch * static_cast<double>(plannedBatches(config))) : std::nullopt;
}

std::optional<double> SpeedForecast::secondsLeft(
    const storage::RunOverview& overview, const trainer::Config& config) const
{
    const auto own = measured(overview.summary);
    const auto batch = own ? own : batchSeconds(config);
    const std::int64_t left = std::max<std::int64_t>(0, plannedBatches(config) - overview.summary.batches);
    return batch ? std::optional(*batch * static_cast<double>(left)) : std::nullopt;
}

} // namespace nabiz::app
