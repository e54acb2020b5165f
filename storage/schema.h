// SPDX-License-Identifier: GPL-3.0-or-later
// The text of storage/schema.sql, compiled in by CMake, and the numbers that mark a file as ours.
// Constant; any thread.
#pragma once

namespace nabiz::storage {

extern const char* const kSchema;
inline constexpr int kApplicationId = 0x4e61627a; // "Nabz"

} // namespace nabiz::storage
