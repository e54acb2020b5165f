// SPDX-License-Identifier: GPL-3.0-or-later
// When the display server goes, Qt ends the program by exit(), in the middle of whatever the window does: then what must
// still be done is done here, and the process ends without unwinding what is half torn down. One at a time; GUI thread.
#pragma once

#include <functional>

namespace nabiz::app {

class DisplayLoss {
public:
    // After the application was made: what is registered last is called first.
    explicit DisplayLoss(std::function<void()> lastWill);
    // The program ends as it should.
    ~DisplayLoss();
    DisplayLoss(const DisplayLoss&) = delete;
    DisplayLoss& operator=(const DisplayLoss&) = delete;
};

} // namespace nabiz::app
