// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of storage/schema/schema.sql (version 1) and of the steps to later versions, storage/schema_N.sql, compiled
// in by CMake, and the number that marks a file as ours. Constant; any thread.
#pragma once

namespace nabiz::storage {

extern const char* const kSchema;
extern const char* const kSchema2;
extern const char* const kSchema3;
extern const char* const kSchema4;
extern const char* const kSchema5;
extern const char* const kSchema6;
extern const char* const kSchema7;
inline constexpr int kApplicationId = 0x4e61627a; // "Nabz"

} // namespace nabiz::storage
