// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, in the state folder, also when nobody watches: nabiz.log, of which the last 15 MB are kept in three
// files. No text that a model was trained on or has written goes there. Where it cannot be written nothing is said of
// it: a log is no reason for a run to fail. Any thread.
#pragma once

#include "storage/records/records.h"

#include <filesystem>
#include <string_view>

namespace nabiz::app {

// $XDG_STATE_HOME/nabiz, else ~/.local/state/nabiz; empty: there is no home.
std::filesystem::path trailFolder();
// One line with its time, this process, and the run it is about; 0 = none.
void leaveTrail(storage::RunId run, std::string_view line);

} // namespace nabiz::app
