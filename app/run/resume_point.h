// SPDX-License-Identifier: GPL-3.0-or-later
// Where a run that was trained before goes on: its newest whole checkpoint, and what is to be said of the choice.
// Reads the run's checkpoints; any thread.
#pragma once

#include "app/run/run_job.h"
#include "trainer/loop/checkpoint_folder.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace nabiz::app {

// Facts that tell the text it was trained on from another.
std::map<std::string, std::string> textOf(const storage::Run& run);
// What is to be kept with the run: why newer checkpoints were passed over, and where it goes on.
std::vector<storage::Event> eventsOf(const trainer::CheckpointChoice& choice);
// What was noted of its time.
storage::Facts clockFacts(const storage::Run& run);
// Makes a job with its settings and its mark one that goes on from what lies in `folder`; what is to be kept with the
// run is told.
void goOnFrom(const storage::RunOverview& overview, const std::filesystem::path& folder,
    const std::function<void(const storage::Event&)>& tell, RunJob& job);

} // namespace nabiz::app
