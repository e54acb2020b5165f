// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_record.h"

#include "app/run/environment.h"
#include "trainer/config/parameters/rank_metrics.h"
#include "trainer/config/presets/preset_document.h"

#include <algorithm>
#include <chrono>

namespace nabiz::app {

namespace {

std::int64_t nowMs()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace

std::vector<storage::Parameter> declaredParameters(const trainer::Config& config)
{
    std::vector<storage::Parameter> parameters;
    for (const trainer::Parameter& row : trainer::parameterTable())
        parameters.push_back({ .key = std::string(row.key), .declared = trainer::toYaml(config.value(row.key)) });
    return parameters;
}

// As the run declared it; a setting that this version does not know keeps its default.
trainer::Config declaredConfig(const std::vector<storage::Parameter>& parameters)
{
    trainer::Config config;
    for (const storage::Parameter& parameter : parameters) {
        const trainer::Parameter* const row = trainer::findParameter(parameter.key);
        auto given = trainer::parseOverride(parameter.key + "=" + parameter.declared);
        if (row && !row->derived && !given.problem)
            config.set(given.key, std::move(given.value));
    }
    return config;
}

std::string runMark(storage::RunId run, std::int64_t created)
{
    return std::to_string(run) + "-" + std::to_string(created);
}

std::vector<storage::Metric> recordedMetrics()
{
    std::vector<storage::Metric> metrics;
    for (std::string& name : trainer::metricNames()) {
        const trainer::MetricRow* const row = trainer::findMetric(name);
        metrics.push_back({ .name = std::move(name), .unit = std::string(row->unit) });
    }
    return metrics;
}

std::vector<storage::Metric> recordedMetrics(const trainer::Config& config)
{
    std::vector<storage::Metric> metrics = recordedMetrics();
    const auto experts = static_cast<std::int64_t>(config.list("model.expert_types").size());
    const auto place = [](trainer::Metric metric) { return static_cast<std::size_t>(metric); };
    const auto begin = place(trainer::routerMetric(0, 0));
    const auto end = place(trainer::routerMetric(config.integer("model.n_layers"), 0));
    const std::int64_t ranks = config.integer("hardware.ranks");
    const auto firstRank = place(trainer::rankMetric(0, trainer::RankFigure::Memory));
    const auto lastRank = place(trainer::rankMetric(ranks, trainer::RankFigure::Memory));
    metrics.resize(ranks > 1 ? lastRank : end);
    for (std::size_t i = begin; i < std::min(metrics.size(), firstRank); ++i) {
        const auto expert = static_cast<std::int64_t>(i - begin) % trainer::kMostExperts;
        if (i >= end || experts == 1 || expert >= experts)
            metrics[i].name.clear();
    }
    return metrics;
}

storage::Run runOf(const StartSpec& spec)
{
    storage::Run run;
    run.name = spec.name.empty() ? spec.preset : spec.name;
    run.why = spec.why;
    run.group = spec.group;
    run.tags = spec.tags;
    run.note = spec.note;
    run.preset = spec.preset;
    run.presetText = spec.presetText;
    run.parent = spec.parent;
    run.command = spec.command;
    run.created = nowMs();
    run.seed = spec.config.integer("training.seed");
    run.plannedBatches
        = spec.config.integer("training.max_steps") * spec.config.integer("training.gradient_accumulation_steps");
    run.facts = environmentFacts();
    return run;
}

} // namespace nabiz::app
