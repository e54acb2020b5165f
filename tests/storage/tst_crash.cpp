// SPDX-License-Identifier: GPL-3.0-or-later
// The promise on crashes: this program starts itself as a child that records, kills it, and looks at what is left.
#include "tests/storage/storage_fixture.h"

#include <QProcess>
#include <QtTest>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace nabiz::storage;

namespace {

constexpr int kMetrics = 10;

// What the child has appended so far, in memory that outlives it.
struct Progress {
    std::atomic<std::int64_t> rows;
    std::atomic<double> time;
};

Progress* share(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT, 0600);
    if (descriptor < 0 || ::ftruncate(descriptor, sizeof(Progress)) != 0)
        return nullptr;
    void* memory = ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    return memory == MAP_FAILED ? nullptr : static_cast<Progress*>(memory);
}

// 5 000 batches of 10 metrics a second, until it is killed.
int record(const std::filesystem::path& file, const std::filesystem::path& progressFile)
{
    auto* progress = share(progressFile);
    Recorder recorder(file);
    const RunId id = addRun(recorder, "killed");
    recorder.setStatus(id, RunStatus::Running);
    std::vector<Metric> metrics;
    for (int i = 0; i < kMetrics; ++i)
        metrics.push_back({ 0, "metric " + std::to_string(i), "" });
    const auto stream = recorder.openStream(id, metrics);
    const auto begin = std::chrono::steady_clock::now();
    for (std::int64_t batch = 0;; ++batch) {
        std::this_thread::sleep_until(begin + batch * std::chrono::microseconds(200)); // the pace, not a wait
        const double time = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        append(*stream, batch, std::vector<double>(kMetrics, static_cast<double>(batch)), time);
        progress->time = time;
        progress->rows = batch + 1;
    }
}

} // namespace

class CrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losesHalfASecondAtMost();
};

void CrashTest::losesHalfASecondAtMost()
{
    const Folder folder;
    auto* progress = share(folder.file("progress"));
    QVERIFY(progress);
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--record"), QString::fromStdString(folder.file().string()),
            QString::fromStdString(folder.file("progress").string()) });
    QVERIFY(child.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(progress->time > 1.0, 30'000);
    {
        // A second window: the run lives elsewhere and stays as it is.
        Recorder recorder(folder.file());
        QCOMPARE(RunStore(folder.file()).runs().front().run.status, RunStatus::Running);
    }
    const double later = progress->time + 1.0;
    QTRY_VERIFY_WITH_TIMEOUT(progress->time > later, 30'000);
    ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
    QVERIFY(child.waitForFinished());

    Recorder recorder(folder.file());
    const RunStore store(folder.file());
    const auto detail = store.detail(store.runs().front().run.id);
    QCOMPARE(detail->overview.run.status, RunStatus::Interrupted);
    QCOMPARE(store.check(), std::string("ok"));
    QCOMPARE(detail->series.size(), std::size_t { kMetrics });
    const auto rows = detail->series.front().value.size();
    for (const auto& series : detail->series) {
        QCOMPARE(series.value.size(), rows); // a batch is there whole or not at all
        for (std::size_t i = 0; i < rows; ++i)
            QCOMPARE(series.value[i], static_cast<double>(i));
    }
    const double missing = progress->time - detail->series.front().time.back();
    qInfo("appended %lld batches, found %zu, %.3f s missing", static_cast<long long>(progress->rows), rows, missing);
    QVERIFY(rows > 0 && static_cast<std::int64_t>(rows) <= progress->rows + 1);
    QVERIFY2(missing <= 0.5, std::to_string(missing).c_str());
}

int main(int argc, char** argv)
{
    if (argc == 4 && std::string(argv[1]) == "--record")
        return record(argv[2], argv[3]);
    QCoreApplication application(argc, argv);
    CrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crash.moc"
