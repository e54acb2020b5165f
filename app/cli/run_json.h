// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as JSON, with the fields that other programs rely on (`train --json`, `runs --json`) in one place.
// Pure.
#pragma once

#include "storage/records/records.h"
#include "trainer/base/value.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace nabiz::app {

// null for none and for what JSON has no number for.
nlohmann::ordered_json numberJson(std::optional<double> value);
// The shortest digits that read back the same in the type recorded: a double where the run is another program's.
nlohmann::ordered_json metricJson(std::string_view metric, std::optional<double> value, std::string_view source);
nlohmann::ordered_json valueJson(const trainer::Value& value);
// run, name, status, batches, steps, seconds, tokens_per_second, loss, val_loss, memory.
nlohmann::ordered_json resultJson(const storage::RunOverview& overview);
// The same with preset, tags, note, started and what else the list shows.
nlohmann::ordered_json runJson(const storage::RunOverview& overview);

} // namespace nabiz::app
