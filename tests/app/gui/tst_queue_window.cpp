// SPDX-License-Identifier: GPL-3.0-or-later
// Add to queue and what waits, by clicks and keys in the real window over a synthetic trainer.
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"

#include <QLabel>
#include <QListWidget>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>

using namespace nabiz;
using storage::RunStatus;

namespace {

struct Session : tests::WindowSession {
    explicit Session(const QString& folder)
        : WindowSession(folder, [this] { return trainer; })
        , file((folder + "/runs.db").toStdString())
    {
    }
    // Watch has a field of that name too.
    bool nameIt(const QString& name)
    {
        window.showPage(ui::Page::Configure);
        for (auto* edit : window.findChildren<QLineEdit*>("nameEdit")) {
            if (!edit->isVisible())
                continue;
            edit->setFocus();
            edit->selectAll();
            QTest::keyClicks(edit, name);
            return edit->text() == name;
        }
        return false;
    }
    bool add(const QString& name)
    {
        if (!nameIt(name))
            return false;
        window.findChild<QAction*>("queueAction")->trigger();
        return QTest::qWaitFor([&] { return names().contains(name); }, 20'000);
    }
    QListWidget* list() const { return window.findChild<QListWidget*>("queueList"); }
    QStringList names() const
    {
        QStringList names;
        for (int i = 0; list()->isVisible() && i < list()->count(); ++i)
            names << list()->item(i)->text();
        return names;
    }
    std::optional<RunStatus> statusOf(const char* name) const
    {
        for (const auto& item : catalog.runs())
            if (item.run.name == name)
                return item.run.status;
        return std::nullopt;
    }

    std::atomic<bool> shut = false;
    std::shared_ptr<tests::SyntheticTrainer> trainer = std::make_shared<tests::SyntheticTrainer>(
        tests::SyntheticOptions { .batches = 5, .preparing = [this](std::stop_token stop) {
                                     while (shut && !stop.stop_requested())
                                         std::this_thread::yield();
                                 } });
    std::filesystem::path file;
};

} // namespace

class TestQueueWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }

    // With nothing running it waits, over closing and opening too, until it is run.
    void waitsOverClosing()
    {
        QTemporaryDir folder;
        {
            Session session(folder.path());
            QVERIFY(session.add("a"));
            QVERIFY(session.add("b"));
            QCOMPARE(session.window.pages().page(), ui::Page::Configure);
            QCOMPARE(session.trainer->sent(), 0);
            QTRY_COMPARE(session.statusOf("a"), std::optional(RunStatus::Queued));
            QVERIFY(session.window.findChild<QLabel*>("queueHint")->text().contains("keeps the queue"));
            session.window.close(); // without a question: nothing is lost
            QVERIFY(!session.window.isVisible());
        }
        Session again(folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(again.names(), (QStringList { "a", "b" }), 20'000);
        QVERIFY(again.click("queueServeButton"));
        QTRY_COMPARE_WITH_TIMEOUT(again.statusOf("b"), std::optional(RunStatus::Finished), 20'000);
        QCOMPARE(again.statusOf("a"), std::optional(RunStatus::Finished));
        QTRY_VERIFY_WITH_TIMEOUT(!again.window.findChild<QWidget*>("queuePanel")->isVisible(), 20'000);
    }

    void movesAndRemovesByKeysAndClicks()
    {
        QTemporaryDir folder;
        Session session(folder.path());
        for (const char* name : { "a", "b", "c" })
            QVERIFY(session.add(name));
        session.list()->setCurrentRow(2);
        session.list()->setFocus();
        QTest::keyClick(session.list(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), (QStringList { "a", "c", "b" }), 20'000);
        QCOMPARE(session.list()->currentItem()->text(), QString("c"));
        QVERIFY(session.click("queueUpButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), (QStringList { "c", "a", "b" }), 20'000);
        QVERIFY(session.click("queueDownButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), (QStringList { "a", "c", "b" }), 20'000);
        QTest::keyClick(session.list(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), (QStringList { "a", "b" }), 20'000);
        QVERIFY(session.click("queueRemoveButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList { "a" }, 20'000);
        QCOMPARE(storage::RunStore(session.file).trash().size(), std::size_t(2));
    }

    // Another program that runs the queue, or takes something out of it, is seen though nothing happens here.
    void followsAnotherProgram()
    {
        QTemporaryDir folder;
        Session session(folder.path());
        for (const char* name : { "a", "b", "c" })
            QVERIFY(session.add(name));
        QTRY_COMPARE_WITH_TIMEOUT(session.statusOf("c"), std::optional(RunStatus::Queued), 20'000);
        app::RunController other(session.file.string(), {},
            [] { return std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions { .batches = 3 }); });
        other.recorder().queue().remove(other.recorder().queue().state().waiting.back());
        other.recorder().flush();
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), (QStringList { "a", "b" }), 20'000);
        other.serveQueue(true);
        QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.statusOf("b"), std::optional(RunStatus::Finished), 20'000);
        QVERIFY(!session.window.findChild<QWidget*>("queuePanel")->isVisible());
    }

    // The next one takes neither the page nor the selection; a queue that is held stays.
    void followsWithoutStealing()
    {
        QTemporaryDir folder;
        Session session(folder.path());
        session.shut = true;
        QVERIFY(session.nameIt("now"));
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.window.pages().page(), ui::Page::Watch, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.statusOf("now"), std::optional(RunStatus::Preparing), 20'000);
        QVERIFY(session.add("next"));
        QCOMPARE(session.statusOf("next"), std::optional(RunStatus::Queued));
        session.window.showPage(ui::Page::Compare);
        session.shut = false;
        QTRY_COMPARE_WITH_TIMEOUT(session.statusOf("next"), std::optional(RunStatus::Finished), 20'000);
        QCOMPARE(session.window.pages().page(), ui::Page::Compare);
        const auto* overview = session.catalog.overview(session.window.findChild<ui::RunList*>()->current());
        QVERIFY(overview);
        QCOMPARE(overview->run.name, std::string("now"));
    }
};

QTEST_MAIN(TestQueueWindow)
#include "tst_queue_window.moc"
