// SPDX-License-Identifier: GPL-3.0-or-later
// What the program's exit codes mean, in every command and in the window: scripts go by them.
// Any thread.
#pragma once

namespace nabiz::app {

// 0 done, 1 failed or diverged, 2 bad input, 130 stopped by a signal.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitBadInput = 2;
inline constexpr int kExitSignal = 130;

} // namespace nabiz::app
