// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes as sentences name them, without the locale.
// Pure.
#pragma once

#include <cstdint>
#include <string>

namespace nabiz::trainer {

std::string bytesText(std::int64_t bytes); // 512 B, 32.8 kB, 512.0 MB, 1.2 GB (10⁹ bytes)

} // namespace nabiz::trainer
