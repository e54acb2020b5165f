// SPDX-License-Identifier: GPL-3.0-or-later
// What helps to find a fault, as one file to send: the trail, the stacks of crashes, the machine, and of the newest
// runs their settings that are no texts. Nothing of homes, data, written texts or secrets. Any thread but the GUI's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::app {

using DiagnosisFiles = std::vector<std::pair<std::string, std::string>>; // name and text

// Without the runs where there is no database, or it cannot be read, which it says then.
DiagnosisFiles diagnose(const std::filesystem::path& database);
// Throws TrainError{Io, BadInput} naming the file.
void writeZip(const DiagnosisFiles& files, const std::filesystem::path& target);

// The newest crash that was kept, by its name and time; empty: there is none.
std::string newestCrash();

} // namespace nabiz::app
