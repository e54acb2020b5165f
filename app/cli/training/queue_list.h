// SPDX-License-Identifier: GPL-3.0-or-later
// What waits in the queue and what runs, with how long each will take where that was measured: as a table, and as the
// JSON that other programs rely on. Main thread; reads the database.
#pragma once

#include "storage/run_store.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace nabiz::app {

// {"paused", "waiting": [{"run", "name", "preset", "group", "place", "estimated_seconds"}], "running": [{"run", "name",
// "preset", "group", "status", "batches", "planned_batches", "estimated_seconds"}], "estimated_seconds"}: places count
// from 1, seconds are what is left, null where no run of these settings was measured.
nlohmann::ordered_json queueJson(const storage::RunStore& store);
// Those of its `waiting`, in that order.
nlohmann::ordered_json waitingJson(const storage::RunStore& store, const std::vector<storage::RunId>& runs);
std::string queueText(const storage::RunStore& store);

} // namespace nabiz::app
