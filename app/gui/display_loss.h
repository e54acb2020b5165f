// SPDX-License-Identifier: GPL-3.0-or-later
// When the display server goes, Qt says so and calls exit() in the middle of whatever the window does, under the feet
// of the threads that train and write. What must still be done is done as it says so, and the process ends without
// unwinding what is half torn down. One at a time; GUI thread.
#pragma once

#include <functional>

namespace nabiz::app {

class DisplayLoss {
public:
    explicit DisplayLoss(std::function<void()> lastWill);
    // The program ends as it should.
    ~DisplayLoss();
    DisplayLoss(const DisplayLoss&) = delete;
    DisplayLoss& operator=(const DisplayLoss&) = delete;
};

} // namespace nabiz::app
