// SPDX-License-Identifier: GPL-3.0-or-later
// How long a run will take, from what its batches took in runs that were measured on the same machine; window and
// command line ask here alike. Of the same settings the whole time counts, evaluations and checkpoints in it; what a
// batch does not take longer by (seed, rate, text …) may differ. Where there is no such run, those whose batches alone
// did the same work count by their median batch. One thread.
#pragma once

#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct MeasuredRun {
    // The text of a setting as it was applied, or as it was declared; empty where it is not known.
    std::function<std::string(const std::string& key)> setting;
    std::int64_t batches = 0;
    double seconds = 0; // of them, all in all
    std::optional<double> medianBatch; // seconds of a batch
};

class SpeedForecast {
public:
    // Those of this machine, the newest first. One without a speed yet counts nothing.
    void add(MeasuredRun run);

    std::optional<double> batchSeconds(const Config& config) const;
    // Of all its batches; none where nothing like it was measured.
    std::optional<double> seconds(const Config& config) const;
    // What is left of `planned` batches (0: as many as the settings say), by its own speed as soon as `done` have shown
    // one.
    std::optional<double> secondsLeft(
        const Config& config, std::int64_t planned, std::int64_t done, double seconds) const;

private:
    std::vector<MeasuredRun> m_runs;
    mutable std::map<std::string, std::optional<double>> m_known; // by what decides it
};

} // namespace nabiz::trainer
