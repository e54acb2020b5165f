// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a command line that a person can paste into a POSIX shell.
// Pure; any thread.
#pragma once

#include "trainer/base/value.h"

#include <string>
#include <string_view>

namespace nabiz::trainer {

// The word itself where the shell leaves it alone, else in single quotes.
std::string shellQuote(std::string_view word);
// key=value as one word, the value as parseOverride reads it; an empty text is nothing at all.
std::string shellAssignment(std::string_view key, const Value& value);

} // namespace nabiz::trainer
