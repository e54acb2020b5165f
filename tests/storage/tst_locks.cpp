// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing in the process opens a database but through SQLite: who closes such a file takes away the process's locks,
// and then another program's last close takes the log from under the writer.
#include "tests/storage/storage_fixture.h"

#include "storage/records/storage_error.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>
#include <QProcess>
#include <QtTest>

#include <set>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace nabiz::storage;

namespace {

// How many locks this process holds on the file, as the kernel has it.
int locksOn(const std::filesystem::path& file)
{
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0)
        return -1;
    QFile locks(QStringLiteral("/proc/locks"));
    if (!locks.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray inode = ':' + QByteArray::number(qulonglong { status.st_ino }) + ' ';
    const QByteArray pid = ' ' + QByteArray::number(::getpid()) + ' ';
    int count = 0;
    for (const QByteArray& line : locks.readAll().split('\n'))
        count += line.contains(inode) && line.contains(pid);
    return count;
}

// Opens it as any SQLite program does, and closes it: the last one to close copies the log and deletes it.
int look(const char* file)
{
    SQLite::Database database(file, SQLite::OPEN_READWRITE);
    return database.execAndGet("SELECT count(*) FROM run").getInt() > 0 ? 0 : 1;
}

} // namespace

class LocksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsLocks();
    void survivesAnotherProgramsLastClose();
    void isMadeByOneOfMany();
    void takesEveryNameOnce();
};

void LocksTest::keepsItsLocks()
{
    const Folder folder;
    Recorder recorder(folder.file());
    addRun(recorder, "a");
    recorder.flush();
    const int held = locksOn(folder.file());
    QVERIFY(held > 0);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(RunStore(folder.file()).runs().size(), std::size_t { 1 });
        QVERIFY(locksOn(folder.file()) >= held);
    }
    {
        Recorder other(folder.file());
        QVERIFY(locksOn(folder.file()) >= held);
    }
    QVERIFY(locksOn(folder.file()) >= held);
    QCOMPARE(RunStore(folder.file()).check(), std::string("ok"));
    QVERIFY(locksOn(folder.file()) >= held);
}

void LocksTest::survivesAnotherProgramsLastClose()
{
    const Folder folder;
    RunId run = 0;
    {
        Recorder recorder(folder.file());
        run = addRun(recorder, "watched");
        const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
        for (int batch = 0; batch < 3000; ++batch) {
            append(*stream, batch, { batch * 1.0 });
            if (batch % 1000 != 500)
                continue;
            recorder.flush();
            QCOMPARE(RunStore(folder.file()).runs().size(), std::size_t { 1 });
            QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(),
                         { QStringLiteral("--look"), QString::fromStdString(folder.file().string()) }),
                0);
        }
        recorder.closeStream(run);
    }
    const RunStore store(folder.file());
    QCOMPARE(store.check(), std::string("ok"));
    QCOMPARE(seriesNamed(store, run, "loss").value.size(), std::size_t { 3000 });
}

// Eight programs that start together on a file that is not there yet: none may clear away what another has made.
void LocksTest::isMadeByOneOfMany()
{
    const Folder folder;
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                try {
                    Recorder recorder(folder.file());
                    addRun(recorder, "run " + std::to_string(i), RunStatus::Finished);
                } catch (const StorageError& error) {
                    qWarning("%s", error.what());
                    ++failures;
                }
            });
    }
    QCOMPARE(failures.load(), 0);
    QCOMPARE(RunStore(folder.file()).runs().size(), std::size_t { 8 });
    for (const auto& entry : std::filesystem::directory_iterator(folder.file().parent_path()))
        QVERIFY(entry.path().string().find(".new-") == std::string::npos); // nothing half made is left
}

void LocksTest::takesEveryNameOnce()
{
    const Folder folder;
    const NameChoice choice = [](const std::string& base, const std::function<bool(const std::string&)>& isTaken) {
        std::string name = base;
        for (int number = 2; isTaken(name); ++number)
            name = base + '-' + std::to_string(number);
        return name;
    };
    {
        Recorder first(folder.file());
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                Recorder recorder(folder.file()); // as a program of its own
                Run run;
                run.name = "quick";
                run.status = RunStatus::Finished;
                recorder.addRun(run, {}, choice);
            });
    }
    std::set<std::string> names;
    for (const auto& overview : RunStore(folder.file()).runs())
        names.insert(overview.run.name);
    QCOMPARE(names.size(), std::size_t { 8 });
    QVERIFY(names.contains("quick") && names.contains("quick-8"));
}

int main(int argc, char** argv)
{
    if (argc == 3 && std::string(argv[1]) == "--look")
        return look(argv[2]);
    QCoreApplication application(argc, argv);
    LocksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_locks.moc"
