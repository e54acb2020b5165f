// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of one file, unpacked where gzip has packed it, whatever it is called. Blocking; any thread but the
// window's.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// Appends to `out`, and stops when it has appended `most` or a little more. Throws TrainError{Data} naming the file for
// what is unreadable or damaged, and Cancelled.
void readBytes(const std::filesystem::path& path, const std::stop_token& stop, std::vector<std::uint8_t>& out,
    std::size_t most = std::numeric_limits<std::size_t>::max());

// Throws the TrainError{Data} of a file or folder that cannot be read.
[[noreturn]] void failRead(const std::filesystem::path& path, const std::string& reason);

} // namespace nabiz::trainer
