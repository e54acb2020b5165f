// SPDX-License-Identifier: GPL-3.0-or-later
// Which words may come next on a command line, told from the very table of commands and options that parses it, so that
// the completion of three shells has one source. Main thread.
#pragma once

#include "app/cli/help/offered_words.h"

namespace nabiz::app {

// `words` stand after "nabiz"; the last one is being typed and may be empty.
OfferedWords complete(const CLI::App& program, const std::vector<std::string>& words, const CommandContext& context);

} // namespace nabiz::app
