// SPDX-License-Identifier: GPL-3.0-or-later
// Ends a run that is hopeless beside the others of its group: its validation loss has been above the median of theirs
// at the same batch for so many evaluations in a row (the median stopping rule: Golovin et al., "Google Vizier", KDD
// 2017, there by running averages). Reads the database at each evaluation; one thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::app {

class MedianRule {
public:
    // None where the settings turn it off.
    static std::optional<MedianRule> of(
        const std::filesystem::path& database, storage::RunId run, const trainer::Config& config);

    // Why the run is to be stopped, once it is.
    std::optional<trainer::Message> evaluated(std::int64_t batch, double loss);

private:
    static constexpr std::size_t kFewest = 3; // others: the median of less is one run's luck

    MedianRule(std::filesystem::path database, storage::RunId run, std::int64_t evaluations);
    std::vector<double> othersAt(std::int64_t batch) const;

    std::filesystem::path m_database;
    storage::RunId m_run;
    std::int64_t m_evaluations;
    std::int64_t m_above = 0; // in a row
};

} // namespace nabiz::app
