// SPDX-License-Identifier: GPL-3.0-or-later
// A change of a run's record as a value: carried out at once, tried again while the disk fails, or set aside in a file
// and carried out later. A value; applied on the thread of the writing connection.
#pragma once

#include "storage/records/records.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace nabiz::storage {

class RunWriter;

struct RunEdit {
    RunId run = 0;
    std::string what; // as in the table beside apply()
    nlohmann::json values; // a list
    std::int64_t time = 0; // ms, when it was asked for
};

// `late`: of a process that has ended since. What it said of itself while it lived is left out.
void apply(const RunEdit& edit, RunWriter& runs, bool late = false);

// What they are made of.
nlohmann::json toJson(const Event& event);
nlohmann::json toJson(const Parameter& parameter);

} // namespace nabiz::storage
