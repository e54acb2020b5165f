// SPDX-License-Identifier: GPL-3.0-or-later
// What lets interrupted runs go on by themselves, as the window shows it.
// A value; any thread.
#pragma once

#include <QString>

namespace nabiz::ui {

struct GuardState {
    QString file; // of the unit, whether it is there or not
    bool isInstalled = false;
    bool isRunning = false;
    bool startsWithMachine = false; // without a login
    bool isWatched = false; // this database, by whichever guard
};

} // namespace nabiz::ui
