// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence of the exception at hand, whatever its type: what a thread's border says and records, so that a mistake
// of one worker never ends the program, and with it a training. Inside a catch block; any thread.
#pragma once

#include "trainer/base/message.h"

namespace nabiz::app {

trainer::Message currentFailure();
// One line on stderr, which a terminal shows and does not obey.
void printFailure(const trainer::Message& failure);

} // namespace nabiz::app
