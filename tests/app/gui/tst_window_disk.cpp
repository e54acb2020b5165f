// SPDX-License-Identifier: GPL-3.0-or-later
// The window when its database cannot be written, goes away, or is held by another program: nothing is lost without a
// question.
#include "storage/recording/recorder.h"
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/window/window_notices.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFileDialog>
#include <QLabel>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <csignal>
#include <filesystem>

#include <sys/resource.h>

using namespace nabiz;

namespace {

app::TrainerFactory steady(std::int64_t batches)
{
    return [batches] {
        return std::make_shared<tests::SyntheticTrainer>(
            tests::SyntheticOptions { .batches = batches, .batchesPerSecond = 200 });
    };
}

QString notice(const tests::WindowSession& session)
{
    const auto* label = session.window.findChild<QLabel*>("noticeLabel");
    return label->isVisible() ? label->text() : QString();
}

std::size_t stored(const QString& file)
{
    const storage::RunStore store(file.toStdString());
    return static_cast<std::size_t>(store.runs().at(0).summary.batches);
}

} // namespace

class TestWindowDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); }

    void goesOnInAnotherFile()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        const QString other = folder.filePath("other.db");
        {
            tests::WindowSession session(folder.path(), steady(100'000));
            QVERIFY(session.click("startButton"));
            QTRY_VERIFY_WITH_TIMEOUT(session.points() >= 20, 20'000);
            for (const char* suffix : { "", "-wal", "-shm" })
                std::filesystem::remove(file.toStdString() + suffix);
            auto* action = session.button("noticeActionButton");
            QTRY_VERIFY_WITH_TIMEOUT(
                action->isVisible() && notice(session).contains("moved, deleted or replaced"), 20'000);
            QVERIFY(session.status() == storage::RunStatus::Running);
            QTest::mouseClick(action, Qt::LeftButton);
            auto* dialog = session.window.findChild<QFileDialog*>("elsewhereDialog");
            QVERIFY(dialog);
            Q_EMIT dialog->fileSelected(other);
            dialog->close();
            QTRY_COMPARE_WITH_TIMEOUT(session.controller.database(), other, 20'000);
            const auto before = session.points();
            QTRY_VERIFY_WITH_TIMEOUT(session.points() > before, 20'000);
            QVERIFY(session.click("stopButton"));
            QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Stopped), 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(session.points(), stored(other), 20'000);
        }
        QVERIFY(stored(other) > 20);
        QVERIFY(!QFile::exists(file));
    }

    // Without a run: nothing is written, and it is noticed all the same; and that it is back.
    void noticesAReplacedFileWhileIdle()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        tests::WindowSession session(folder.path(), steady(10));
        QTRY_VERIFY_WITH_TIMEOUT(session.controller.database() == file, 20'000);
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
        QVERIFY(QFile::rename(file, folder.filePath("aside")));
        QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("moved, deleted or replaced"), 20'000);
        QVERIFY(QFile::rename(folder.filePath("aside"), file));
        QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("Writing works again"), 20'000);
    }

    // Of a later version, or closed to writing: shown, every order refused with the reason, and the file is as it was.
    void readsWhatItMayNotWrite_data()
    {
        QTest::addColumn<bool>("newer");
        QTest::addColumn<QString>("reason");
        QTest::newRow("newer") << true << QStringLiteral("written by a newer Nabız");
        QTest::newRow("closed to writing") << false << QStringLiteral("cannot be written to");
    }
    void readsWhatItMayNotWrite()
    {
        QFETCH(bool, newer);
        QFETCH(QString, reason);
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        {
            storage::Recorder recorder(file.toStdString());
            recorder.addRun({ .name = "kept", .status = storage::RunStatus::Finished }, {});
        }
        if (newer)
            SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
        else
            QVERIFY(QFile::setPermissions(file, QFile::ReadOwner));
        const auto contents = [&file] {
            QFile in(file);
            return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
        };
        const QByteArray before = contents();
        {
            tests::WindowSession session(folder.path(), steady(10));
            QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
            QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains(reason), 20'000);
            QVERIFY(notice(session).contains("to be read only"));
            session.window.notices().show({}, false);
            QVERIFY(session.click("startButton"));
            QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains(reason), 20'000);
            session.window.close();
            QTRY_VERIFY_WITH_TIMEOUT(!session.window.isVisible(), 20'000);
        }
        QCOMPARE(contents(), before);
    }

    void asksBeforePointsAreLost()
    {
        QTemporaryDir folder;
        tests::WindowSession session(folder.path(), steady(300));
        QVERIFY(session.click("startButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session.points() >= 20, 20'000);
        rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
        const rlimit none { 64, before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &none);
        QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("wait in memory"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.controller.isIdle(), 20'000);
        session.window.close();
        QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("closing loses them"), 20'000);
        QVERIFY(session.window.isVisible());
        setrlimit(RLIMIT_FSIZE, &before);
        QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("that waited are in the database"), 20'000);
        QCOMPARE(stored(folder.filePath("runs.db")), std::size_t(300));
        session.window.close();
        QTRY_VERIFY_WITH_TIMEOUT(!session.window.isVisible(), 20'000);
    }

    // Another program holds the database to the very end: what waits is set aside, and the window that comes next has
    // it.
    void closesWithoutLoss()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        {
            SQLite::Database other(file.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            tests::WindowSession session(folder.path(), steady(300));
            QVERIFY(session.click("startButton"));
            QTRY_VERIFY_WITH_TIMEOUT(session.points() >= 20, 20'000);
            other.exec("BEGIN IMMEDIATE");
            QTRY_VERIFY_WITH_TIMEOUT(notice(session).contains("wait in memory"), 20'000);
            QTRY_VERIFY_WITH_TIMEOUT(session.controller.isIdle(), 20'000);
            session.window.close();
            QTRY_VERIFY_WITH_TIMEOUT(!session.window.isVisible(), 20'000);
        }
        tests::WindowSession session(folder.path(), steady(10));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
        QCOMPARE(stored(file), std::size_t(300));
    }

    // A run of another program whose process dies leaves no trace in the file.
    void tellsThatAnotherProgramHasDied()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        {
            storage::Recorder recorder(file.toStdString());
            storage::Run run { .name = "elsewhere", .status = storage::RunStatus::Running };
            recorder.addRun(run, {});
        }
        QProcess process; // stands for the program that trains
        process.start(QStringLiteral("sleep"), { QStringLiteral("600") });
        QVERIFY(process.waitForStarted());
        const auto start = [&] {
            QFile stat(QStringLiteral("/proc/%1/stat").arg(process.processId()));
            return stat.open(QIODevice::ReadOnly) ? stat.readAll().split(')').last().simplified().split(' ').at(19)
                                                  : QByteArray();
        }();
        {
            SQLite::Database database(file.toStdString(), SQLite::OPEN_READWRITE);
            SQLite::Statement owner(database, "UPDATE run SET pid = ?, process_start = ?");
            owner.bind(1, static_cast<std::int64_t>(process.processId()));
            owner.bind(2, static_cast<std::int64_t>(start.toLongLong()));
            owner.exec();
        }
        tests::WindowSession session(folder.path(), steady(10));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Running), 20'000);
        process.kill();
        QVERIFY(process.waitForFinished());
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Interrupted), 20'000);
    }
};

QTEST_MAIN(TestWindowDisk)
#include "tst_window_disk.moc"
