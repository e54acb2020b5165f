// SPDX-License-Identifier: GPL-3.0-or-later
// Which process trains a run, so that one that is gone is told from one that lives in another window. A process number
// is used again after a while; together with its start and the machine's boot it is not. Any thread.
#pragma once

#include <cstdint>
#include <string>

namespace nabiz::storage {

struct ProcessIdentity {
    std::string host; // for people
    std::string boot; // the kernel's boot id
    std::int64_t pid = 0;
    std::int64_t start = 0; // clock ticks since boot

    static ProcessIdentity current();
    static ProcessIdentity of(std::int64_t pid); // of this machine
    // A writer that nobody can see, of whom something was heard lately: taken for alive until then, ms since 1970.
    static ProcessIdentity presumedUntil(std::int64_t time);
    // Whether that process still runs on this machine since the same boot; one that waits to be reaped is gone.
    bool isAlive() const;
};

} // namespace nabiz::storage
