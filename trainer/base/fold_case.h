// SPDX-License-Identifier: GPL-3.0-or-later
// Makes texts comparable without regard to case, with no locale and no library: Latin, Greek and Cyrillic letters. The
// Turkish dotted and dotless i become one letter, since a search must find both. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::trainer {

// UTF-8 in, UTF-8 out; what is not UTF-8 stays as it is.
std::string foldCase(std::string_view text);

} // namespace nabiz::trainer
