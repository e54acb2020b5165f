// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a file lies on a disk of another machine. SQLite's log (WAL) is shared between programs through memory, which
// two machines do not have in common: writing there destroys a database. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace nabiz::storage {

// By the number that statfs() has for a file system and, where that stands for many, the name in the list of mounts.
// Empty: it is a disk of this machine, as far as that can be told.
std::string networkMount(std::uint64_t type, std::string_view mountedAs);
// Of the folder that the file lies in, or will lie in.
std::string networkMountOf(const std::filesystem::path& file);
// What /proc/self/mountinfo calls the file system of that device ("8:1"); empty: it is not in there.
std::string mountedAs(std::string_view mountinfo, std::string_view device);

} // namespace nabiz::storage
