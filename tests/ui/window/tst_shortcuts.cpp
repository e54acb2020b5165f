// SPDX-License-Identifier: GPL-3.0-or-later
// Every key of the window means one thing wherever the focus is, and undo is undo in all of Configure.
#include "tests/ui/charts/sample_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filter_edit.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QShortcutEvent>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

// Hears what keys would do, and keeps them from doing it.
class ShortcutEar : public QObject {
public:
    ShortcutEar() { qApp->installEventFilter(this); }
    QStringList ambiguous;
    QString where;
    int heard = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Shortcut)
            return false;
        ++heard;
        const auto* shortcut = static_cast<QShortcutEvent*>(event);
        if (shortcut->isAmbiguous())
            ambiguous << where + u' ' + shortcut->key().toString();
        return true;
    }
};

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    RunCatalog catalog;
    MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };

    Fixture()
    {
        for (int id = 2; id >= 1; --id)
            m_details.push_back(nabiz::testing::sampleRun(id, "run " + std::to_string(id), 60, 1.0 + id));
        catalog.setRuns({ m_details[0].overview, m_details[1].overview });
        for (const storage::RunDetail& detail : m_details)
            catalog.setDetail(detail);
        window.selection().select({ 1, 2 });
        window.resize(1200, 800);
        window.show();
        window.activateWindow();
    }
    // A name is of a page: two pages may have a "nameEdit".
    template <typename Widget> Widget* find(const char* name) { return window.findChild<Widget*>(QLatin1String(name)); }

private:
    std::vector<storage::RunDetail> m_details;
};

} // namespace

class TestShortcuts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void everyKeyMeansOneThing_data()
    {
        QTest::addColumn<int>("page");
        for (int page = 0; page < 5; ++page)
            QTest::newRow(qPrintable(QString::number(page))) << page;
    }
    void everyKeyMeansOneThing()
    {
        QFETCH(int, page);
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.window.showPage(static_cast<Page>(page));
        // What can be pressed while a run is live, too.
        f.catalog.putRun([&] {
            storage::RunOverview live = *f.catalog.overview(2);
            live.run.status = storage::RunStatus::Running;
            return live;
        }());
        f.window.setActiveRun(2);
        f.window.showPage(static_cast<Page>(page));
        QSet<QKeySequence> keys;
        for (const QAction* action : f.window.findChildren<QAction*>())
            for (const QKeySequence& key : action->shortcuts())
                keys.insert(key);
        for (const QShortcut* shortcut : f.window.findChildren<QShortcut*>())
            keys.insert(shortcut->key());
        QVERIFY(keys.size() > 15);
        ShortcutEar ear;
        int places = 0;
        for (QWidget* widget : f.window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || !widget->isEnabled() || (widget->focusPolicy() & Qt::TabFocus) == 0)
                continue;
            widget->setFocus();
            if (!widget->hasFocus())
                continue;
            ++places;
            for (const QKeySequence& key : keys) {
                if (key.count() != 1 || !(key[0].keyboardModifiers() & Qt::ControlModifier))
                    continue; // a letter alone is typed where one types
                ear.where = widget->objectName();
                QTest::keyClick(f.window.windowHandle(), key[0].key(), key[0].keyboardModifiers());
            }
        }
        QVERIFY(places > 5);
        QVERIFY(ear.heard > places);
        QCOMPARE(ear.ambiguous, QStringList());
    }

    // In the run list and in the run table alike: the run comes into Configure.
    void editAsNewByKey()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        for (const auto& [page, view] : { std::pair(Page::Watch, "runListView"), std::pair(Page::Runs, "runTable") }) {
            f.window.showPage(page);
            f.find<QWidget>(view)->setFocus();
            QTest::keyClick(f.find<QWidget>(view), Qt::Key_D, Qt::ControlModifier);
            QCOMPARE(f.window.pages().page(), Page::Configure);
        }
    }

    void undoInTheYamlEditor()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QTest::mouseClick(f.find<QPushButton>("yamlToggle"), Qt::LeftButton);
        auto* editor = f.find<QPlainTextEdit>("yamlEdit");
        const QString before = editor->toPlainText();
        QTest::mouseClick(editor->viewport(), Qt::LeftButton, {}, QPoint(20, 10));
        QTest::keyClick(editor, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClicks(editor, "# mine ");
        QVERIFY(editor->toPlainText() != before);
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor->toPlainText(), before);
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(editor->toPlainText().startsWith("# mine "));
    }

    // A field without anything of its own to undo does not swallow the key.
    void undoFromAnotherField()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        auto* rate = f.find<QLineEdit>("param_training.learning_rate_edit");
        auto* seed = f.find<QLineEdit>("param_training.seed_edit");
        QVERIFY(rate && seed && rate->isVisible());
        const QString before = rate->text();
        rate->setFocus();
        rate->selectAll();
        QTest::keyClicks(rate, "7e-4");
        QTest::keyClick(rate, Qt::Key_Tab);
        seed->setFocus();
        QTest::keyClick(seed, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(rate->text(), before);
    }

    void escapeClosesCompletionsFirst()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.window.showPage(Page::Runs);
        auto* filter = f.find<FilterEdit>("runsFilterEdit");
        filter->setFocus();
        QTest::keyClicks(filter, "loss.best < 1 and loss");
        auto* popup = f.find<QAbstractItemView>("filterCompletions");
        popup = popup ? popup : qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
        QVERIFY(popup && popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QCOMPARE(filter->text(), QStringLiteral("loss.best < 1 and loss"));
        QTest::keyClick(filter, Qt::Key_Escape);
        QCOMPARE(filter->text(), QString());
    }

    // What a screen reader is told of the ways between pages.
    void pagesAreTabs()
    {
        Fixture f;
        for (const char* name : { "configureTab", "watchTab", "runsTab", "compareTab", "reportTab", "resultsTab",
                 "textsTab", "scatterTab" }) {
            auto* button = f.find<QPushButton>(name);
            QVERIFY2(button, name);
            QAccessibleInterface* told = QAccessible::queryAccessibleInterface(button);
            QCOMPARE(told->role(), QAccessible::PageTab);
            QCOMPARE(bool(told->state().selected), button->isChecked());
            QVERIFY(!told->state().checkable);
            QCOMPARE(told->text(QAccessible::Name), button->text().remove(u'&'));
        }
        QAccessibleInterface* runs = QAccessible::queryAccessibleInterface(f.find<QPushButton>("runsTab"));
        runs->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(f.window.pages().page(), Page::Runs);
    }
};

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
