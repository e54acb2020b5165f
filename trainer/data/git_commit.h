// SPDX-License-Identifier: GPL-3.0-or-later
// Which version of a text under git a run was trained on, read from git's own files.
// Any thread.
#pragma once

#include <filesystem>
#include <string>

namespace nabiz::trainer {

// The commit that HEAD of the work tree around `path` stands at; empty when there is none.
std::string gitCommit(const std::filesystem::path& path);

} // namespace nabiz::trainer
