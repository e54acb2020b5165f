// SPDX-License-Identifier: GPL-3.0-or-later
// What changed since earlier runs, and what came of it, for nabiz show: as text and as JSON.
// Reads the database; any thread.
#pragma once

#include "storage/run_store.h"
#include "ui/analysis/what_changed.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace nabiz::app {

// Since the run it was made from, and since the last one of its preset.
std::vector<ui::WhatChanged> changesBefore(const storage::RunStore& store, const storage::RunOverview& overview);
std::string changedText(const std::vector<ui::WhatChanged>& changes);
nlohmann::ordered_json changedJson(const std::vector<ui::WhatChanged>& changes);

} // namespace nabiz::app
