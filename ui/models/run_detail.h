// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of one run beside its record: settings, events, checkpoints, and its points as columns that grow.
// GUI thread; a report has its own, on any.
#pragma once

#include "storage/records/records.h"
#include "ui/models/run_series.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nabiz::ui {

struct RunDetail {
    storage::RunOverview overview;
    std::vector<storage::Parameter> parameters;
    std::vector<storage::Event> events;
    std::vector<storage::Checkpoint> checkpoints;
    std::map<std::string, std::unique_ptr<RunSeries>> series; // by metric name

    // With all its points, under whatever name its program gives it; nullptr when the run has no such metric, no point
    // of it, or not all are loaded yet.
    const RunSeries* find(const std::string& metric) const;
    // The same, or its preview: to be drawn, not to be computed with.
    const RunSeries* drawable(const std::string& metric) const;
    // What was applied, or where that is not known yet, declared; empty for an unknown key.
    std::string parameter(const std::string& key) const;
    // Batches of one optimizer step, at least 1.
    double accumulation() const;
};

} // namespace nabiz::ui
