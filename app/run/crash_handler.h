// SPDX-License-Identifier: GPL-3.0-or-later
// When the program ends by a mistake of its own, or of a driver, where it was stands in the state folder, beside the
// trail of what happened before (trail.h): crash-PID.txt.
#pragma once

namespace nabiz::app {

// From then on. Main thread, once; a signal that somebody else handles already is left to them.
void keepStackOfCrash();

} // namespace nabiz::app
