// SPDX-License-Identifier: GPL-3.0-or-later
// Whether somebody still writes a run of another program. A process of this machine that holds the run's file open for
// writing, or that its file's name tells, is its writer. Where none can be seen (it is on another machine, or opens its
// file for each line), a run that says no end is taken for living until ten minutes behind its last figure. One thread.
#pragma once

#include "storage/records/imported_run.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>

namespace nabiz::app {

class LivingWriters {
public:
    // `heard`: the newest time that the run has told, seconds since 1970.
    std::optional<storage::ProcessIdentity> of(const storage::ImportedRun& run, double heard);

private:
    void scan();

    std::map<std::filesystem::path, std::int64_t> m_open; // for writing, and by which process
    std::optional<std::chrono::steady_clock::time_point> m_scanned;
};

// The status of a run as it stands: without an end and without a living writer it was interrupted; where its source
// tells nothing of ends, it runs while somebody is seen to write it.
void settle(storage::ImportedRun& run, LivingWriters& writers, double heard);

// The newest time that it tells; none (NaN) where it tells none.
double lastHeard(const storage::ImportedRun& run);

} // namespace nabiz::app
