// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/recording/faulty_disk.h"

#include <sqlite3.h>

#include <mutex>
#include <string>

namespace nabiz::tests {

namespace {

struct Plan {
    std::mutex mutex;
    DiskFault fault; // all guarded by mutex
    bool isOn = false;
    int after = 0;
    int times = 0;
    int calls = 0;
    int failures = 0;

    // What to answer; SQLITE_OK: go on.
    int answer(DiskCall call)
    {
        const std::lock_guard lock(mutex);
        if (!isOn || fault.call != call)
            return SQLITE_OK;
        ++calls;
        if (times == 0)
            return SQLITE_OK;
        if (after > 0) {
            --after;
            return SQLITE_OK;
        }
        --times;
        ++failures;
        return fault.error;
    }
};

Plan& current()
{
    static Plan plan;
    return plan;
}

struct File {
    sqlite3_file base;
    sqlite3_file* real; // behind this one
};

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file)->real;
}

// Does what `call` is for, unless it is to fail.
template <typename Function> int passed(DiskCall call, const Function& function)
{
    const int error = current().answer(call);
    return error == SQLITE_OK ? function() : error;
}

const sqlite3_io_methods& methods()
{
    static const sqlite3_io_methods all = {
        3,
        [](sqlite3_file* file) { return real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK; },
        [](sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
            return passed(DiskCall::Read, [&] { return real(file)->pMethods->xRead(real(file), to, bytes, at); });
        },
        [](sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
            return passed(DiskCall::Write, [&] { return real(file)->pMethods->xWrite(real(file), from, bytes, at); });
        },
        [](sqlite3_file* file, sqlite3_int64 size) {
            return passed(DiskCall::Truncate, [&] { return real(file)->pMethods->xTruncate(real(file), size); });
        },
        [](sqlite3_file* file, int flags) {
            return passed(DiskCall::Sync, [&] { return real(file)->pMethods->xSync(real(file), flags); });
        },
        [](sqlite3_file* file, sqlite3_int64* size) {
            return passed(DiskCall::FileSize, [&] { return real(file)->pMethods->xFileSize(real(file), size); });
        },
        [](sqlite3_file* file, int level) {
            return passed(DiskCall::Lock, [&] { return real(file)->pMethods->xLock(real(file), level); });
        },
        [](sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); },
        [](sqlite3_file* file, int* held) { return real(file)->pMethods->xCheckReservedLock(real(file), held); },
        [](sqlite3_file* file, int what, void* value) {
            return real(file)->pMethods->xFileControl(real(file), what, value);
        },
        [](sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); },
        [](sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
        [](sqlite3_file* file, int page, int size, int extend, void volatile** to) {
            return passed(
                DiskCall::ShmMap, [&] { return real(file)->pMethods->xShmMap(real(file), page, size, extend, to); });
        },
        [](sqlite3_file* file, int from, int count, int flags) {
            if (flags & SQLITE_SHM_UNLOCK) // giving back never fails
                return real(file)->pMethods->xShmLock(real(file), from, count, flags);
            return passed(
                DiskCall::ShmLock, [&] { return real(file)->pMethods->xShmLock(real(file), from, count, flags); });
        },
        [](sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); },
        [](sqlite3_file* file, int isDeleted) { return real(file)->pMethods->xShmUnmap(real(file), isDeleted); },
        [](sqlite3_file* file, sqlite3_int64 at, int bytes, void** to) {
            return real(file)->pMethods->xFetch(real(file), at, bytes, to);
        },
        [](sqlite3_file* file, sqlite3_int64 at, void* from) {
            return real(file)->pMethods->xUnfetch(real(file), at, from);
        },
    };
    return all;
}

sqlite3_vfs* system()
{
    static sqlite3_vfs* const found = sqlite3_vfs_find(nullptr);
    return found;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given)
{
    auto* const self = reinterpret_cast<File*>(file);
    self->base.pMethods = nullptr;
    self->real = reinterpret_cast<sqlite3_file*>(self + 1);
    self->real->pMethods = nullptr;
    const int result
        = passed(DiskCall::Open, [&] { return system()->xOpen(system(), name, self->real, flags, given); });
    if (self->real->pMethods)
        self->base.pMethods = &methods();
    return result;
}

} // namespace

const std::vector<DiskFault>& diskFaults()
{
    static const std::vector<DiskFault> all {
        { DiskCall::Open, SQLITE_CANTOPEN, "open" },
        { DiskCall::Read, SQLITE_IOERR_READ, "read" },
        { DiskCall::Write, SQLITE_IOERR_WRITE, "write" },
        { DiskCall::Write, SQLITE_FULL, "write, disk full" },
        { DiskCall::Sync, SQLITE_IOERR_FSYNC, "sync" },
        { DiskCall::Truncate, SQLITE_IOERR_TRUNCATE, "truncate" },
        { DiskCall::FileSize, SQLITE_IOERR_FSTAT, "file size" },
        { DiskCall::Lock, SQLITE_IOERR_LOCK, "lock" },
        { DiskCall::Lock, SQLITE_BUSY, "lock, busy" },
        { DiskCall::ShmMap, SQLITE_IOERR_SHMMAP, "shared memory, map" },
        { DiskCall::ShmLock, SQLITE_IOERR_SHMLOCK, "shared memory, lock" },
        { DiskCall::ShmLock, SQLITE_BUSY, "shared memory, busy" },
        { DiskCall::Delete, SQLITE_IOERR_DELETE, "delete" },
    };
    return all;
}

void faultyDisk::install()
{
    static sqlite3_vfs vfs = *system();
    vfs.zName = "faulty";
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + system()->szOsFile;
    vfs.xOpen = open;
    vfs.xDelete = [](sqlite3_vfs*, const char* name, int sync) {
        return passed(DiskCall::Delete, [&] { return system()->xDelete(system(), name, sync); });
    };
    sqlite3_vfs_register(&vfs, 1);
}

void faultyDisk::plan(const DiskFault& fault, int after, int times)
{
    const std::lock_guard lock(current().mutex);
    current().fault = fault;
    current().isOn = true;
    current().after = after;
    current().times = times;
    current().calls = current().failures = 0;
}

void faultyDisk::heal()
{
    const std::lock_guard lock(current().mutex);
    current().isOn = false;
}

int faultyDisk::calls()
{
    const std::lock_guard lock(current().mutex);
    return current().calls;
}

int faultyDisk::failures()
{
    const std::lock_guard lock(current().mutex);
    return current().failures;
}

} // namespace nabiz::tests
