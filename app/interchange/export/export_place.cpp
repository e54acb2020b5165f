// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/export_place.h"
#include "trainer/base/kept_files.h"
#include "trainer/base/output_file.h"

#include <algorithm>
#include <cctype>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr const char* kMark = ".nabiz-export";

[[noreturn]] void refuse(const fs::path& path)
{
    throw TrainError(TrainErrorKind::BadInput,
        trainer::message(NABIZ_TEXT("Message",
                             "%1 is neither an empty folder nor an earlier export: nothing is written there. Name "
                             "another place."),
            path.string()));
}

} // namespace

void prepareExportFolder(const fs::path& folder)
{
    trainer::refuseKept(folder);
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status))
        refuse(folder);
    if (fs::exists(status) && !fs::is_empty(folder, error) && !fs::exists(folder / kMark, error))
        refuse(folder);
    fs::create_directories(folder, error);
    if (error)
        throw trainer::unwritable(folder, error);
    trainer::writeFile(folder / kMark, "Written by nabiz export, which may write it again.\n");
}

std::string exportFolderName(const std::string& name, std::int64_t run)
{
    constexpr std::size_t kLongest = 80;
    std::string safe;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        safe += std::isalnum(byte) || c == '-' || c == '_' || (c == '.' && !safe.empty()) ? c : '-';
    }
    safe.resize(std::min(safe.size(), kLongest));
    return (safe.empty() ? "run" : safe) + '-' + std::to_string(run);
}

} // namespace nabiz::app
