// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as the command line names them: an id or a name.
// Main thread; reads the database.
#pragma once

#include "app/cli/command_context.h"
#include "storage/run_store.h"

#include <string>
#include <vector>

namespace nabiz::app {

// The database for reading. Throws StorageError.
storage::RunStore openForReading(const CommandContext& context);
// Throws UsageError with the names that come nearest when there is no such run.
storage::RunId findRun(const storage::RunStore& store, const std::string& idOrName);
std::vector<storage::RunOverview> findRuns(const storage::RunStore& store, const std::vector<std::string>& idsOrNames);

} // namespace nabiz::app
