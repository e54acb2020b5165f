// SPDX-License-Identifier: GPL-3.0-or-later
// SIGINT, SIGTERM and SIGHUP while a run trains, on the command line and in the window: stopped, saved, 130. The
// program is this test itself, started again beside a thread that blocks no signal, as those of a GPU's driver do.
#include "app/cli/command_line.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"

#include <QApplication>
#include <QFile>
#include <QMainWindow>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <filesystem>
#include <thread>

#include <unistd.h>

using namespace nabiz;

namespace {

constexpr auto kPreset
    = "extends: quick\nmodel:\n  d_model: 16\n  n_layers: 1\n  n_heads: 2\n  d_ff: 32\n  max_seq_len: 32\n"
      "training:\n  batch_size: 2\n  max_steps: 1000000\n  eval_interval: 0\n  sample_interval: 0\n"
      "  save_interval: 0\n";

void startDriverThread()
{
    std::thread([] {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_UNBLOCK, &all, nullptr);
        while (true)
            pause();
    }).detach();
}

// As a person does when the window is there.
void pressStart()
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer] {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* const window = qobject_cast<QMainWindow*>(widget);
            auto* const start = window ? window->findChild<QWidget*>("startButton") : nullptr;
            if (!start || !start->isVisible() || !start->isEnabled() || !window->isActiveWindow())
                continue;
            timer->stop();
            QTest::keyClick(window, Qt::Key_R, Qt::ControlModifier);
            return;
        }
    });
    timer->start(50);
}

// A program that never comes to its end by itself.
[[noreturn]] void hang()
{
    const auto say = [](const char* word) { (void)!::write(STDOUT_FILENO, word, strlen(word)); };
    app::StopSignals signals;
    signals.listen([&] {
        say("first");
        while (true)
            pause();
    });
    say("ready");
    while (true)
        pause();
}

int runAsProgram(int argc, char** argv)
{
    startDriverThread();
    const std::string_view mode = argv[1];
    if (mode == "hang")
        hang();
    if (mode == "window")
        qAddPreRoutine([] { QMetaObject::invokeMethod(qApp, pressStart, Qt::QueuedConnection); });
    argv[1] = argv[0];
    return app::runCommandLine(argc - 1, argv + 1);
}

std::optional<storage::RunOverview> newestRun(const QString& file)
{
    try {
        const auto runs = storage::RunStore(file.toStdString()).runs();
        return runs.empty() ? std::nullopt : std::optional(runs.front());
    } catch (const storage::StorageError&) {
        return std::nullopt; // not made yet
    }
}

std::int64_t batches(const QString& file)
{
    const auto run = newestRun(file);
    return run ? run->summary.batches : 0;
}

// The program, with a folder of its own.
struct Program {
    Program(const QStringList& words, bool ignoreHangUp = false)
    {
        QFile preset(folder.filePath("small.yaml"));
        if (preset.open(QIODevice::WriteOnly))
            preset.write(kPreset);
        preset.close();
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto* name : { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" })
            environment.insert(name, folder.path());
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder.path());
        if (ignoreHangUp)
            process.setChildProcessModifier([] { ::signal(SIGHUP, SIG_IGN); });
        process.start(QCoreApplication::applicationFilePath(), words);
    }
    ~Program()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished();
        }
    }

    void send(int signal) { ::kill(static_cast<pid_t>(process.processId()), signal); }
    bool ended() { return process.state() == QProcess::NotRunning; }

    QTemporaryDir folder;
    const QString file = folder.filePath("runs.db");
    QProcess process;
};

const QStringList kTrain { "train", "train", "small.yaml", "--db", "runs.db" };
const QStringList kWindow { "window", "--preset", "small.yaml", "--db", "runs.db" };

} // namespace

class TestStopSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stopAndSave_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("signal");
        for (const auto& [signal, name] :
            { std::pair(SIGINT, "INT"), std::pair(SIGTERM, "TERM"), std::pair(SIGHUP, "HUP") }) {
            QTest::addRow("train, %s", name) << kTrain << signal;
            QTest::addRow("window, %s", name) << kWindow << signal;
        }
    }

    void stopAndSave()
    {
        QFETCH(QStringList, words);
        QFETCH(int, signal);
        Program program(words);
        QTRY_VERIFY_WITH_TIMEOUT(batches(program.file) >= 3 || program.ended(), 90'000);
        QVERIFY2(!program.ended(), program.process.readAllStandardError().constData());
        program.send(signal);
        QTRY_VERIFY_WITH_TIMEOUT(program.ended(), 60'000);
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), app::kExitSignal);

        const auto run = newestRun(program.file);
        QVERIFY(run);
        QCOMPARE(run->run.status, storage::RunStatus::Stopped);
        const auto checkpoints = storage::RunStore(program.file.toStdString()).checkpoints(run->run.id);
        QCOMPARE(checkpoints.size(), std::size_t(1));
        QCOMPARE(checkpoints.front().batch, run->summary.batches - 1);
        QVERIFY(std::filesystem::exists(std::filesystem::path(checkpoints.front().folder) / "model.safetensors"));
    }

    // As a terminal and a launcher send them, or a parent of many threads that is killed.
    void severalAtOnceAreOne()
    {
        Program program(kTrain);
        QTRY_VERIFY_WITH_TIMEOUT(batches(program.file) >= 3 || program.ended(), 90'000);
        for (const int signal : { SIGINT, SIGTERM, SIGTERM, SIGINT, SIGHUP, SIGTERM })
            program.send(signal);
        QTRY_VERIFY_WITH_TIMEOUT(program.ended(), 60'000);
        QCOMPARE(program.process.exitCode(), app::kExitSignal);
        const auto run = newestRun(program.file);
        QVERIFY(run);
        QCOMPARE(run->run.status, storage::RunStatus::Stopped);
    }

    void windowWithoutRun()
    {
        Program program({ "plain", "--db", "runs.db" });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(program.file) || program.ended(), 90'000);
        program.send(SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(program.ended(), 60'000);
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), app::kExitSignal);
    }

    void nohup()
    {
        Program program(kTrain, true);
        QTRY_VERIFY_WITH_TIMEOUT(batches(program.file) >= 3 || program.ended(), 90'000);
        program.send(SIGHUP);
        const auto then = batches(program.file);
        QTRY_VERIFY_WITH_TIMEOUT(batches(program.file) > then + 3 || program.ended(), 90'000);
        QVERIFY(!program.ended());
        program.send(SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(program.ended(), 60'000);
        QCOMPARE(program.process.exitCode(), app::kExitSignal);
    }

    void secondEndsAtOnce_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("INT, INT") << SIGINT << SIGINT;
        QTest::newRow("TERM, INT") << SIGTERM << SIGINT;
        QTest::newRow("HUP, TERM") << SIGHUP << SIGTERM;
    }

    void secondEndsAtOnce()
    {
        QFETCH(int, first);
        QFETCH(int, second);
        Program program({ "hang" });
        QByteArray said;
        const auto says
            = [&](const char* word) { return (said += program.process.readAllStandardOutput()).endsWith(word); };
        QTRY_VERIFY_WITH_TIMEOUT(says("ready"), 60'000);
        program.send(first);
        QTRY_VERIFY_WITH_TIMEOUT(says("first"), 60'000);
        program.send(SIGHUP); // a terminal sends it twice
        const auto asksAgain = [&] { return program.ended() || (program.send(second), false); };
        QTRY_VERIFY_WITH_TIMEOUT(asksAgain(), 60'000);
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), app::kExitSignal);
    }

    // What a launcher has blocked, and what it was before is given back.
    void masksAndHandlers()
    {
        sigset_t blocked, now;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
        struct sigaction action {
        }, before {};
        sigaction(SIGTERM, nullptr, &before);
        {
            const app::StopSignals signals;
            pthread_sigmask(SIG_SETMASK, nullptr, &now);
            QVERIFY(!sigismember(&now, SIGTERM));
            sigaction(SIGTERM, nullptr, &action);
            QVERIFY(action.sa_handler != before.sa_handler);
        }
        pthread_sigmask(SIG_SETMASK, nullptr, &now);
        QVERIFY(sigismember(&now, SIGTERM));
        pthread_sigmask(SIG_UNBLOCK, &blocked, nullptr);
        sigaction(SIGTERM, nullptr, &action);
        QVERIFY(action.sa_handler == before.sa_handler);
    }
};

int main(int argc, char** argv)
{
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "train" || mode == "window" || mode == "plain" || mode == "hang")
        return runAsProgram(argc, argv);
    QCoreApplication application(argc, argv);
    TestStopSignals test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_stop_signals.moc"
