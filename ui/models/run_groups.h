// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the run table as they stand: its groups in order, each with its runs; not grouped, all runs are in one
// that nobody sees. A run with several tags stands in several groups.
// A value; GUI thread.
#pragma once

#include "ui/models/run_arrangement.h"

#include <vector>

namespace nabiz::ui {

struct RunPlace {
    std::size_t group = 0, row = 0;
};

class RunGroups {
public:
    void set(std::vector<RunGroup> groups, bool isGrouped);
    bool isGrouped() const { return m_isGrouped; }
    std::size_t size() const { return m_groups.size(); }
    const std::vector<RunGroup>& all() const { return m_groups; }
    RunGroup& at(std::size_t group) { return m_groups[group]; }
    const RunGroup& at(std::size_t group) const { return m_groups[group]; }
    void insert(std::size_t place, RunGroup group);
    void erase(std::size_t group);

    // Of the group that has it; size() when none does.
    std::size_t indexOf(quint64 id) const;
    std::vector<RunPlace> placesOf(storage::RunId run) const;
    std::size_t shown() const; // runs, each once
    std::vector<storage::RunId> shownRuns() const;

private:
    std::vector<RunGroup> m_groups { RunGroup {} };
    bool m_isGrouped = false;
};

} // namespace nabiz::ui
