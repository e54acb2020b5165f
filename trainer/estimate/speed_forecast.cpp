// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/speed_forecast.h"

#include "trainer/config/presets/preset_document.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kMostMeasured = 5; // of the same settings: the median of these
constexpr std::size_t kMostRuns = 500; // looked at
constexpr std::int64_t kFewestBatches = 3; // before a run has a speed

// A run takes as long whatever they are.
constexpr std::array<std::string_view, 21> kNeutral { "data.train_path", "data.val_path", "data.split",
    "data.val_fraction", "data.sampling", "data.track_folder", "data.encoding", "model.init", "training.learning_rate",
    "training.schedule", "training.warmup_steps", "training.max_steps", "training.seed", "training.weight_decay",
    "training.adam_epsilon", "training.keep_checkpoints", "training.stop_on_nonfinite", "training.log_interval",
    "queue.stop_worse_than_median", "queue.resume", "hardware.rank_timeout" };
// A batch takes as long, though the run need not: what is done between batches.
constexpr std::array<std::string_view, 8> kBetweenBatches { "training.sample_interval", "training.sample_prompt",
    "training.eval_interval", "training.eval_batches", "training.save_interval", "training.keep_best",
    "training.stop_patience", "training.gradient_accumulation_steps" };

struct Wanted {
    const Parameter* row;
    std::string text;
    bool isOfBatch; // not only of what is done between them
};

// The text of a setting may stand in quotes.
std::string plain(const std::string& text)
{
    const bool isQuoted
        = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return isQuoted ? text.substr(1, text.size() - 2) : text;
}

std::vector<Wanted> wantedOf(const Config& config)
{
    std::vector<Wanted> settings;
    for (const Parameter& row : parameterTable()) {
        if (!row.derived && std::ranges::find(kNeutral, row.key) == kNeutral.end())
            settings.push_back({ &row, plain(toYaml(config.value(row.key))),
                std::ranges::find(kBetweenBatches, row.key) == kBetweenBatches.end() });
    }
    return settings;
}

// "auto" and 0 threads leave it to the machine, which decided for the run as it will decide again.
bool leftToMachine(std::string_view key, std::string_view text)
{
    return text == "auto" || (key == "hardware.threads" && text == "0");
}

// Written otherwise, it is the same: 1e-3, "0.001". What an earlier version did not know was as it is by default.
bool isSame(const Wanted& wanted, const std::string& held)
{
    if (held.empty() && wanted.text == plain(toYaml(wanted.row->defaultValue)))
        return true;
    if (held == wanted.text || leftToMachine(wanted.row->key, wanted.text) || leftToMachine(wanted.row->key, held))
        return true;
    const Override read = parseOverride(std::string(wanted.row->key) + '=' + held);
    return !held.empty() && !read.problem && plain(toYaml(read.value)) == wanted.text;
}

enum class Likeness { None, Batch, Run };

Likeness likeness(const std::vector<Wanted>& settings, const MeasuredRun& run)
{
    if (run.setting("training.batch_size").empty()) // every run has it: none of its settings is known here
        return Likeness::None;
    Likeness found = Likeness::Run;
    for (const Wanted& wanted : settings) {
        if (isSame(wanted, plain(run.setting(std::string(wanted.row->key)))))
            continue;
        if (wanted.isOfBatch)
            return Likeness::None;
        found = Likeness::Batch;
    }
    return found;
}

std::optional<double> medianOf(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    std::ranges::sort(values);
    return values[values.size() / 2];
}

std::optional<double> measured(const std::vector<MeasuredRun>& runs, const std::vector<Wanted>& settings)
{
    std::vector<double> ofRuns, ofBatches;
    for (const MeasuredRun& run : runs) {
        const Likeness like = likeness(settings, run);
        const double whole = run.seconds / static_cast<double>(run.batches);
        if (like == Likeness::Run)
            ofRuns.push_back(whole);
        else if (like == Likeness::Batch && ofBatches.size() < kMostMeasured)
            ofBatches.push_back(run.medianBatch.value_or(whole));
        if (ofRuns.size() == kMostMeasured)
            break;
    }
    return medianOf(ofRuns.empty() ? std::move(ofBatches) : std::move(ofRuns));
}

} // namespace

void SpeedForecast::add(MeasuredRun run)
{
    if (run.batches >= kFewestBatches && run.seconds > 0 && m_runs.size() < kMostRuns)
        m_runs.push_back(std::move(run));
}

std::optional<double> SpeedForecast::batchSeconds(const Config& config) const
{
    const std::vector<Wanted> settings = wantedOf(config);
    std::string key;
    for (const Wanted& wanted : settings)
        key += wanted.text + '\n';
    const auto [known, isNew] = m_known.try_emplace(std::move(key));
    if (isNew)
        known->second = measured(m_runs, settings);
    return known->second;
}

std::optional<double> SpeedForecast::seconds(const Config& config) const
{
    return secondsLeft(config, 0, 0, 0);
}

std::optional<double> SpeedForecast::secondsLeft(
    const Config& config, std::int64_t planned, std::int64_t done, double seconds) const
{
    if (planned <= 0)
        planned = config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps");
    const bool hasOwn = done >= kFewestBatches && seconds > 0;
    const auto batch = hasOwn ? std::optional(seconds / static_cast<double>(done)) : batchSeconds(config);
    return batch ? std::optional(*batch * static_cast<double>(std::max<std::int64_t>(0, planned - done)))
                 : std::nullopt;
}

} // namespace nabiz::trainer
