// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the database of a run that is to be trained, and back: a run that waits in the queue is there whole,
// so that any program can take it. Any thread.
#pragma once

#include "app/run/run_controller.h"

#include <string>

namespace nabiz::app {

// Fact of a run whose ranks a launcher started: the same when it begins them anew.
inline constexpr const char* kFactLaunch = "ranks.launch";

// Named after its preset when it has no name.
storage::Run runOf(const StartSpec& spec);
std::vector<storage::Parameter> declaredParameters(const trainer::Config& config);
// What its checkpoints say of whose they are: an id alone is also that of a run in another database.
std::string runMark(storage::RunId run, std::int64_t created);
// A setting that this version does not know keeps its default.
trainer::Config declaredConfig(const std::vector<storage::Parameter>& parameters);

} // namespace nabiz::app
