// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a command of the user's for one notice, with the facts in its environment; what it prints goes to stderr. One
// that takes too long is ended. Blocks; any thread.
#pragma once

#include "app/notify/notice.h"

#include <chrono>
#include <string>

namespace nabiz::app {

// Why it did not do what it was to do, without the command; empty when it ended with 0.
std::string runCommandHook(
    const std::string& command, const Notice& notice, std::chrono::milliseconds longest = std::chrono::seconds(60));

} // namespace nabiz::app
