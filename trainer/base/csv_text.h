// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of every CSV that is written, so that the command line's, the window's and the report's are read alike.
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::trainer {

// In quotes where CSV asks for them: an imported metric may be called anything.
std::string csvCell(std::string_view text);
// nan, inf, -inf, or the shortest digits that read back the same in the type recorded, in every locale.
std::string csvCell(double value, bool singlePrecision);

} // namespace nabiz::trainer
