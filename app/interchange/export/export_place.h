// SPDX-License-Identifier: GPL-3.0-or-later
// Where an export may go: into a folder that is not there yet, or one that an export has made before; never
// over what somebody else keeps there. Main thread; all throw TrainError.
#pragma once

#include <filesystem>
#include <string>

namespace nabiz::app {

// Makes the folder ready, marked as an export's. One with other things in it is refused.
void prepareExportFolder(const std::filesystem::path& folder);
// A run's name as that of a folder; another run's of the same name gets its number.
std::string exportFolderName(const std::string& name, std::int64_t run);

} // namespace nabiz::app
