// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's way to the disk with faults of our choosing in it: a VFS that stands before the system's. At the n-th call
// of one kind, and for a number of calls, it answers an error instead of doing what it was asked. Any thread; install()
// once, before a database is opened.
#pragma once

#include <string_view>
#include <vector>

namespace nabiz::tests {

enum class DiskCall { Open, Read, Write, Sync, Truncate, FileSize, Lock, ShmMap, ShmLock, Delete };

struct DiskFault {
    DiskCall call {};
    int error = 0; // an extended code of SQLite
    std::string_view name; // for people
};

// Every kind of call with each error that it knows.
const std::vector<DiskFault>& diskFaults();

namespace faultyDisk {
void install();
// From now on: the `after` next calls go through, then `times` fail.
void plan(const DiskFault& fault, int after, int times);
void heal();
// Since plan(): calls of its kind, and those of them that failed.
int calls();
int failures();
} // namespace faultyDisk

} // namespace nabiz::tests
