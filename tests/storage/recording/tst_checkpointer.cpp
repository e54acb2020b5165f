// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is slow to confirm keeps no point from being committed: the test answers SQLite's fsync itself, and holds
// it.
#include "tests/storage/storage_fixture.h"

#include <QScopeGuard>
#include <QtTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

using namespace nabiz::storage;

namespace {

// What the disk does.
struct Disk {
    std::mutex mutex;
    std::condition_variable changed;
    bool holds = false; // guarded by mutex
    int held = 0; // guarded by mutex
    std::atomic<int> databases = 0; // databases confirmed, each at the end of a copying

    void hold(bool on)
    {
        {
            const std::lock_guard lock(mutex);
            holds = on;
        }
        changed.notify_all();
    }
    int waiting()
    {
        const std::lock_guard lock(mutex);
        return held;
    }
    void sync(int descriptor)
    {
        char link[64];
        char name[512] {};
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        if (::readlink(link, name, sizeof name - 1) < 0)
            return;
        const std::string_view file(name);
        std::unique_lock lock(mutex);
        ++held;
        changed.wait(lock, [this] { return !holds; });
        --held;
        if (file.ends_with(".db"))
            ++databases;
    }
};

Disk& disk()
{
    static Disk disk;
    return disk;
}

} // namespace

// What the disk says it has free; 0 = the truth.
static std::atomic<std::uint64_t> s_room = 0;

extern "C" int statvfs(const char* path, struct statvfs* answer)
{
    struct statfs truth { };
    if (::statfs(path, &truth) != 0)
        return -1;
    *answer = {};
    answer->f_bsize = answer->f_frsize = static_cast<unsigned long>(truth.f_bsize);
    answer->f_blocks = truth.f_blocks;
    answer->f_bfree = answer->f_bavail
        = s_room > 0 ? s_room / static_cast<std::uint64_t>(truth.f_bsize) : truth.f_bavail;
    return 0;
}

extern "C" int fsync(int descriptor)
{
    disk().sync(descriptor);
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

extern "C" int fdatasync(int descriptor)
{
    disk().sync(descriptor);
    return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}

class CheckpointerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commitsWhileTheDiskWaits();
    void commitsAfterAPause();
    void keepsTheLogShort();
    void givesTheLogAPartOfASmallDisk();
};

void CheckpointerTest::commitsWhileTheDiskWaits()
{
    const Folder folder;
    std::atomic<std::size_t> committed = 0;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(20);
    options.committed = [&](RunId, std::span<const Row> rows) { committed += rows.size(); };
    Recorder recorder(folder.file(), options);
    const RunId run = addRun(recorder, "slow");
    const RunId other = addRun(recorder, "other");
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    append(*stream, 0, { 0.0 });
    QTRY_COMPARE(committed.load(), std::size_t { 1 });
    disk().hold(true);
    const auto release = qScopeGuard([] { disk().hold(false); });
    recorder.setStatus(other, RunStatus::Finished); // which is to reach the disk itself
    QTRY_VERIFY(disk().waiting() > 0);
    for (int batch = 1; batch < 1000; ++batch)
        append(*stream, batch, { 0.0 });
    QTRY_COMPARE(committed.load(), std::size_t { 1000 });
    QVERIFY(disk().waiting() > 0);
    QCOMPARE(RunStore(folder.file()).run(other)->run.status, RunStatus::Finished);
}

// When all has been copied, SQLite begins the log anew and waits for the disk to confirm that: not while points come.
void CheckpointerTest::commitsAfterAPause()
{
    const Folder folder;
    std::atomic<std::size_t> committed = 0;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(20);
    options.committed = [&](RunId, std::span<const Row> rows) { committed += rows.size(); };
    Recorder recorder(folder.file(), options);
    const RunId run = addRun(recorder, "pauses");
    const RunId other = addRun(recorder, "other");
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    append(*stream, 0, { 0.0 });
    QTRY_COMPARE(committed.load(), std::size_t { 1 });
    const int before = disk().databases;
    recorder.setStatus(other, RunStatus::Finished);
    QTRY_VERIFY(disk().databases > before); // the pass is over, and nothing came since
    disk().hold(true);
    const auto release = qScopeGuard([] { disk().hold(false); });
    append(*stream, 1, { 0.0 });
    QTRY_COMPARE(committed.load(), std::size_t { 2 });
}

void CheckpointerTest::keepsTheLogShort()
{
    const Folder folder;
    constexpr int kBatches = 1'000'000;
    {
        RecorderOptions options;
        options.interval = std::chrono::milliseconds(1);
        Recorder recorder(folder.file(), options);
        const RunId run = addRun(recorder, "long");
        const auto stream = recorder.openStream(run, metricsNamed({ "a", "b", "c" }));
        std::uintmax_t longest = 0;
        for (int batch = 0; batch < kBatches; ++batch) {
            append(*stream, batch, { 1.0, 2.0, 3.0 });
            if (batch % 1000 == 0)
                longest = std::max(longest, std::filesystem::file_size(folder.file("nabiz.db-wal")));
        }
        recorder.closeStream(run);
        recorder.flush();
        longest = std::max(longest, std::filesystem::file_size(folder.file("nabiz.db-wal")));
        QVERIFY2(longest < 200'000'000 && longest > 4096, std::to_string(longest).c_str());
        QVERIFY(longest < std::filesystem::file_size(folder.file()) * 3);
    }
    QVERIFY(!std::filesystem::exists(folder.file("nabiz.db-wal"))); // all of it is in the file
    QCOMPARE(RunStore(folder.file()).check(), std::string("ok"));
}

// It could not be copied back from there, since the database had no room to grow.
void CheckpointerTest::givesTheLogAPartOfASmallDisk()
{
    const Folder folder;
    constexpr std::uint64_t kRoom = 2 << 20;
    s_room = kRoom;
    const auto back = qScopeGuard([] { s_room = 0; });
    std::uintmax_t longest = 0;
    {
        RecorderOptions options;
        options.interval = std::chrono::milliseconds(1);
        Recorder recorder(folder.file(), options);
        const RunId run = addRun(recorder, "small");
        const auto stream = recorder.openStream(run, metricsNamed({ "a", "b", "c" }));
        for (int batch = 0; batch < 20'000; ++batch) {
            append(*stream, batch, { 1.0, 2.0, 3.0 });
            if (batch % 100 == 0) {
                recorder.flush();
                longest = std::max(longest, std::filesystem::file_size(folder.file("nabiz.db-wal")));
            }
        }
        recorder.closeStream(run);
    }
    QVERIFY2(longest < kRoom && longest > 4096, std::to_string(longest).c_str());
}

QTEST_GUILESS_MAIN(CheckpointerTest)
#include "tst_checkpointer.moc"
