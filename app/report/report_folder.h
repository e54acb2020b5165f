// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a report on the disk: written aside, then renamed, so that nothing half-written is ever seen; a folder that is
// there already is kept, and the new one gets a number. Any thread that has a store of its own.
#pragma once

#include "app/report/report.h"
#include "storage/recording/recorder.h"

#include <filesystem>
#include <functional>
#include <string_view>

namespace nabiz::app {

enum class ReportForm { Folder, Zip }; // Zip: one file that holds the folder

// `pictures` by path with ending. Returns the folder, or the file. Throws ReportError naming the path, or StorageError.
std::filesystem::path writeReport(const Report& report, const std::map<std::string, std::string>& pictures,
    const storage::RunStore& store, const std::filesystem::path& parent, ReportForm form = ReportForm::Folder);

// Keeps in the database where the report was written. No report is made from that.
void logReport(
    storage::Recorder& recorder, const Report& report, const std::filesystem::path& folder, const std::string& version);

// Every batch of a run in the export's form: batch, time, then the metrics by name; an empty cell where there is no
// value.
using PointSink = std::function<void(std::string_view)>;
void writePoints(const PointSink& write, const storage::RunStore& store, storage::RunId run);

// Letters, digits, `-`, `_` and `.` of the name, no more than 80 bytes; `fallback` when nothing is left.
std::string safeFolderName(const std::string& name, const std::string& fallback);

} // namespace nabiz::app
