// SPDX-License-Identifier: GPL-3.0-or-later
// Where an export may go: into a folder or a file that is not there yet, or one that an export has made before; never
// over what somebody else keeps there. Main thread; all throw TrainError.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace nabiz::app {

// Makes the folder ready, marked as an export's. One with other things in it is refused.
void prepareExportFolder(const std::filesystem::path& folder);
// `write` makes the file beside its place, as something that writes by name, such as SQLite; then it takes that place.
// What stands there already is replaced only when `isOwn` says so.
void writeBeside(const std::filesystem::path& file, const std::function<bool(const std::filesystem::path&)>& isOwn,
    const std::function<void(const std::filesystem::path&)>& write);
// A run's name as that of a folder; another run's of the same name gets its number.
std::string exportFolderName(const std::string& name, std::int64_t run);

} // namespace nabiz::app
