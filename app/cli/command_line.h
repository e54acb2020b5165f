// SPDX-License-Identifier: GPL-3.0-or-later
// The program as the shell sees it: reads the arguments, runs the one command they name, and turns every failure into an
// exit code and a line on stderr. Main thread.
#pragma once

namespace nabiz::app {

// 0 done, 1 failed or diverged, 2 bad input, 130 stopped by a signal.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitBadInput = 2;
inline constexpr int kExitSignal = 130;

int runCommandLine(int argc, char** argv);

} // namespace nabiz::app
