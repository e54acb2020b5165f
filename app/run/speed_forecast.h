// SPDX-License-Identifier: GPL-3.0-or-later
// How long a run will take, from how long a batch took in earlier runs of the same settings on this machine; what a
// batch does not take longer by (seed, rate, text …) may differ. Reads the database once, when made. One thread.
#pragma once

#include "storage/run_store.h"
#include "trainer/config/parameters/config.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::app {

class SpeedForecast {
public:
    explicit SpeedForecast(const storage::RunStore& store);

    // Of all its batches, evaluations and checkpoints included; none where no such run was measured.
    std::optional<double> seconds(const trainer::Config& config) const;
    // What is left of one that has begun, by its own speed as soon as it has one.
    std::optional<double> secondsLeft(const storage::RunOverview& overview, const trainer::Config& config) const;

private:
    std::optional<double> batchSeconds(const trainer::Config& config) const;

    std::map<std::string, std::vector<double>> m_measured; // seconds a batch, the newest run first
};

} // namespace nabiz::app
