// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli), as records of TensorBoard bear it, and its masked form. No library of it is in Debian 12. Eight
// bytes a turn. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace nabiz::app {

std::uint32_t crc32c(std::string_view bytes);
std::uint32_t maskedCrc32c(std::string_view bytes);

} // namespace nabiz::app
