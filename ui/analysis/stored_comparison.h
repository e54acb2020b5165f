// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that no longer grow, made ready to be compared: for the command line and reports, which read once. One thread at
// a time.
#pragma once

#include "ui/analysis/compared_run.h"

#include <deque>
#include <memory>

namespace nabiz::ui {

struct StoredRun {
    storage::RunOverview overview;
    std::vector<storage::Parameter> parameters;
    // Null where the run has none; memory.peak, else memory.process.
    std::shared_ptr<const Points> loss, validation, memory;
    std::string lossUnit = {}, validationUnit = {}; // of the metrics; empty where it is not known
};

class StoredComparison {
public:
    explicit StoredComparison(std::vector<StoredRun> runs);
    StoredComparison(const StoredComparison&) = delete;
    StoredComparison& operator=(const StoredComparison&) = delete;

    // An entry a run, in the order given.
    const std::vector<ComparedEntry>& single() const { return m_single; }
    // Runs that differ only in their seed taken together; the group of the first run is the first.
    const std::vector<ComparedEntry>& grouped() const { return m_grouped; }

private:
    LossSeries track(const Points* points, std::size_t meanOf);
    LossSeries meanOfMembers(const std::vector<ComparedRun>& members, bool validation);

    std::vector<StoredRun> m_runs;
    std::deque<LossTrack> m_tracks;
    std::deque<StoredPoints> m_means;
    std::vector<ComparedEntry> m_single, m_grouped;
};

} // namespace nabiz::ui
