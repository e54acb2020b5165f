// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a run that has ended can go on, from which checkpoint and with which settings: for the command line and the
// window alike. Reads the database and, to verify them, every byte of the newest checkpoints; not for the GUI thread.
#pragma once

#include "app/run/run_controller.h"
#include "storage/run_store.h"
#include "trainer/base/problem.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::app {

struct ResumeWish {
    storage::RunId run = 0;
    std::vector<std::pair<std::string, trainer::Value>> changes; // settings from here on
    bool anyway = false; // also when the text may be another one
    bool isByItself = false; // nobody has asked for it: it counts (unattended.h)
};

struct ResumePlan {
    ResumeSpec spec;
    std::string name;
    std::vector<trainer::Problem> problems; // with errors among them it cannot go on, and `spec` is not whole
};

// What is damaged, other or changed becomes an event of the run, and a note among the problems. Throws StorageError.
ResumePlan planResume(const storage::RunStore& store, const std::filesystem::path& database, const ResumeWish& wish);

// Its settings as it declared them last.
trainer::Config lastConfig(const storage::RunStore& store, storage::RunId run);

} // namespace nabiz::app
