// SPDX-License-Identifier: GPL-3.0-or-later
// The program as the shell sees it: reads the arguments, runs the one command they name, and turns every failure into
// an exit code and a line on stderr. Main thread.
#pragma once

namespace nabiz::app {

int runCommandLine(int argc, char** argv);

} // namespace nabiz::app
