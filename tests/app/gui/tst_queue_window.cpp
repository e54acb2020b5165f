// SPDX-License-Identifier: GPL-3.0-or-later
// Add to queue, grids, and what waits, by clicks and keys in the real window over a synthetic trainer.
#include "app/cli/training/grid_setup.h"
#include "app/run/run_record.h"
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
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
    QDialog* openVary()
    {
        window.showPage(ui::Page::Configure);
        window.findChild<QAction*>("varyAction")->trigger();
        return window.findChild<QDialog*>("varyDialog");
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

// The settings of a grid's dialog, in this order.
void vary(QDialog* dialog, const QList<QPair<QString, QString>>& settings)
{
    while (dialog->findChildren<QComboBox*>("varyKeyBox").size() < settings.size())
        dialog->findChild<QAbstractButton*>("varyMoreButton")->click();
    const auto keys = dialog->findChildren<QComboBox*>("varyKeyBox");
    const auto values = dialog->findChildren<QLineEdit*>("varyValuesEdit");
    for (int i = 0; i < settings.size(); ++i) {
        keys[i]->setCurrentIndex(keys[i]->findData(settings[i].first));
        Q_EMIT keys[i]->activated(keys[i]->currentIndex());
        values[i]->setFocus();
        values[i]->clear();
        QTest::keyClicks(values[i], settings[i].second);
    }
}

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

    // 2 × 3 with 3 seeds: the 18 configurations, and their order and names, that the command line makes.
    void variesAsTheCommandLineDoes()
    {
        QTemporaryDir folder;
        Session session(folder.path());
        QDialog* dialog = session.openVary();
        QVERIFY(dialog);
        vary(dialog,
            { { "training.learning_rate", "1e-4, 3e-4" }, { "training.seed", "1..3" },
                { "training.schedule", "constant, cosine, linear" } });
        QVERIFY2(dialog->findChild<QLabel*>("varySummary")->text().startsWith("18 run"),
            qPrintable(dialog->findChild<QLabel*>("varySummary")->text()));
        QCOMPARE(dialog->findChild<QListWidget*>("varyCells")->count(), 18);
        QTest::mouseClick(dialog->findChild<QAbstractButton*>("varyQueueButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(session.names().size(), 18, 20'000);
        app::CommandContext context;
        context.database = folder.filePath("other.db").toStdString();
        app::TrainOptions options;
        options.preset = "quick";
        options.overrides
            = { "training.learning_rate=1e-4,3e-4", "training.seed=1..3", "training.schedule=constant,cosine,linear" };
        const auto grid = app::setUpGrid(context, options);
        QVERIFY(grid && grid->runs.size() == 18);
        const storage::RunStore store(session.file);
        const auto waiting = store.queue().waiting;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const auto overview = store.run(waiting[i]);
            QCOMPARE(overview->run.name, grid->runs[i].name);
            QCOMPARE(overview->run.group, grid->group);
            QCOMPARE(overview->run.command, grid->runs[i].command);
            QVERIFY(app::declaredConfig(store.parameters(waiting[i])) == grid->runs[i].config);
        }
    }

    // Said in the dialog, with nothing to click.
    void badGridsAreRefused()
    {
        QTemporaryDir folder;
        Session session(folder.path());
        QDialog* dialog = session.openVary();
        const auto problem = [dialog] { return dialog->findChild<QLabel*>("varyProblem")->text(); };
        const auto refused = [dialog] {
            return !dialog->findChild<QAbstractButton*>("varyQueueButton")->isEnabled()
                && !dialog->findChild<QAbstractButton*>("varyStartButton")->isEnabled();
        };
        const QPair<QString, QString> rate { "training.learning_rate", "1e-4..1e-1..1e-4" };
        // By keys: the first values have the focus, and the tabulator goes as one reads.
        QCOMPARE(dialog->focusWidget()->objectName(), QStringLiteral("varyValuesEdit"));
        QStringList order;
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
            order << dialog->focusWidget()->objectName();
        }
        QCOMPARE(order.mid(0, 5),
            (QStringList { "varyRemoveButton", "varyKeyBox", "varyValuesEdit", "varyRemoveButton", "varyMoreButton" }));
        vary(dialog, { rate, { "training.seed", "1..1000" } });
        QVERIFY2(refused() && problem().contains("1000000"), qPrintable(problem()));
        vary(dialog, { { "training.learning_rate", "1e-3" }, { "training.seed", "3..1" } });
        QVERIFY2(refused() && problem().contains("backwards"), qPrintable(problem()));
        vary(dialog, { { "training.seed", "1" }, { "training.seed", "2" } });
        QVERIFY2(refused() && problem().contains("twice"), qPrintable(problem()));
        vary(dialog, { { "training.learning_rate", "" }, { "training.seed", "1,2" } });
        QVERIFY2(refused() && !problem().isEmpty(), qPrintable(problem()));
        // Two settings of which one excludes the other, by cell.
        vary(dialog, { { "model.n_heads", "2,3" }, { "training.seed", "1,2" } });
        QVERIFY2(refused() && problem().startsWith("2 of them"), qPrintable(problem()));
        const auto* cells = dialog->findChild<QListWidget*>("varyCells");
        QCOMPARE(cells->count(), 4);
        QVERIFY(cells->item(0)->text().endsWith("n_heads=2 s1"));
        QVERIFY2(cells->item(2)->text().contains("n_heads=3 s1: "), qPrintable(cells->item(2)->text()));
        vary(dialog, { { "model.n_heads", "2,4" }, { "training.seed", "1,2" } });
        QVERIFY2(!refused() && problem().isEmpty(), qPrintable(problem()));
        dialog->reject();
        QCOMPARE(session.names().size(), 0);
    }

    // systemctl is played: the unit is put in and taken away by clicks; what it does not take is said, and leaves
    // nothing.
    void guardByClicks()
    {
        QTemporaryDir folder;
        const auto play = [&folder](const QByteArray& text) {
            QFile file(folder.filePath("systemctl"));
            file.open(QIODevice::WriteOnly | QIODevice::Truncate);
            file.write("#!/bin/sh\n" + text);
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        play("exit 0\n");
        const QByteArray path = qgetenv("PATH"), config = qgetenv("XDG_CONFIG_HOME");
        qputenv("PATH", folder.path().toUtf8() + ':' + path);
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        const QString unit = folder.filePath("systemd/user/nabiz-guard.service");
        {
            Session session(folder.path());
            auto* const action = session.window.findChild<QAction*>("guardAction");
            QTRY_VERIFY_WITH_TIMEOUT(action->isEnabled(), 20'000); // the database is open
            action->trigger();
            const auto* state = session.window.findChild<QLabel*>("guardStateLabel");
            const auto* refusal = session.window.findChild<QLabel*>("guardRefusalLabel");
            QVERIFY(state && refusal);
            QTRY_VERIFY_WITH_TIMEOUT(session.button("guardInstallButton")->isEnabled(), 20'000); // the state is known
            QVERIFY(session.click("guardInstallButton"));
            QTRY_VERIFY2_WITH_TIMEOUT(
                session.button("guardRemoveButton")->isEnabled(), qPrintable(state->text() + refusal->text()), 20'000);
            QVERIFY(QFile::exists(unit) && !refusal->isVisible());
            QVERIFY2(state->text().contains(unit), qPrintable(state->text()));
            QVERIFY(session.click("guardRemoveButton"));
            QTRY_VERIFY_WITH_TIMEOUT(session.button("guardInstallButton")->isEnabled(), 20'000);
            QVERIFY(!QFile::exists(unit) && !session.button("guardRemoveButton")->isEnabled());
            play("echo 'No medium found' >&2\nexit 1\n");
            QVERIFY(session.click("guardInstallButton"));
            QTRY_VERIFY_WITH_TIMEOUT(refusal->isVisible(), 20'000);
            QVERIFY2(refusal->text().contains("No medium found"), qPrintable(refusal->text()));
            QVERIFY(!QFile::exists(unit));
        }
        qputenv("PATH", path);
        config.isNull() ? qunsetenv("XDG_CONFIG_HOME") : qputenv("XDG_CONFIG_HOME", config);
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
