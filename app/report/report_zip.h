// SPDX-License-Identifier: GPL-3.0-or-later
// A folder as one file to send, by libzip.
// Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::app {

// These files of `folder`, under the name `root`. Throws ReportError naming the file.
void zipFolder(const std::filesystem::path& folder, const std::vector<std::string>& files, const std::string& root,
    const std::filesystem::path& target);

} // namespace nabiz::app
