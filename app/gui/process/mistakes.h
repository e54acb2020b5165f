// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window's threads bring what nobody expected them to throw: to the window while there is one, else to
// stderr. The program, and a training in it, goes on. Any thread.
#pragma once

#include "trainer/base/message.h"

#include <functional>

namespace nabiz::app {

// Inside a catch block at a thread's border.
void tellMistake();
// Who hears of them, on the thread of each; empty = nobody any more.
void setMistakeListener(std::function<void(const trainer::Message&)> listener);

} // namespace nabiz::app
