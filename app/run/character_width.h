// SPDX-License-Identifier: GPL-3.0-or-later
// How many columns of a terminal a character takes. A table of our own, since the C library's wcwidth() knows nothing
// beyond ASCII before a program has set a locale, and Nabız sets none. Pure.
#pragma once

#include <cstddef>

namespace nabiz::app {

// 2 for what is wide in East Asia and for emoji, 0 for what combines with the character before, else 1.
std::size_t characterWidth(char32_t c);

} // namespace nabiz::app
