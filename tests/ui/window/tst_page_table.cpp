// SPDX-License-Identifier: GPL-3.0-or-later
// A page is one row of a table: its tab, its entry in the menu, its shortcut and its place in the window come from
// there.
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"

#include <QAction>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    RunCatalog catalog;
    MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };
};

} // namespace

class TestPageTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void namedPagesStandAtTheirPlaces()
    {
        const std::pair<Page, const char*> named[] = { { Page::Configure, "configure" }, { Page::Watch, "watch" },
            { Page::Runs, "runs" }, { Page::Compare, "compare" }, { Page::Report, "report" } };
        for (const auto& [page, id] : named)
            QCOMPARE(pageTable()[static_cast<std::size_t>(page)].id, id);
        QSet<QString> ids;
        for (const PageRow& row : pageTable())
            ids.insert(QLatin1String(row.id));
        QCOMPARE(ids.size(), static_cast<qsizetype>(pageTable().size()));
    }

    void eachRowHasTabMenuShortcutAndPage()
    {
        Fixture f;
        const auto* stack = f.window.findChild<PageStack*>("pages");
        QCOMPARE(stack->count(), static_cast<int>(pageTable().size()));
        int place = 0;
        for (const PageRow& row : pageTable()) {
            auto* tab = f.window.findChild<QPushButton*>(row.objectName("Tab"));
            auto* entry = f.window.findChild<QAction*>(row.objectName("PageAction"));
            QVERIFY2(tab && entry, row.id);
            QCOMPARE(tab->text(), row.tabTitle());
            QVERIFY(!row.tabTitle().contains(u'&'));
            QCOMPARE(entry->text(), row.menuTitle());
            QCOMPARE(entry->shortcut(), QKeySequence(QStringLiteral("Ctrl+%1").arg(place + 1)));
            entry->trigger();
            QCOMPARE(static_cast<int>(f.window.pages().page()), place);
            QVERIFY(tab->isChecked());
            f.window.showPage(Page::Watch);
            tab->click();
            QCOMPARE(stack->currentIndex(), place);
            QVERIFY(qobject_cast<PageWidget*>(stack->currentWidget()));
            ++place;
        }
        QCOMPARE(stack->find<WatchPage>(), stack->widget(static_cast<int>(Page::Watch)));
    }

    // Whatever row it stands in: what a page keeps comes back to it, and a change is told.
    void eachPageKeepsItsOwn()
    {
        Fixture before, after;
        auto* box = before.window.findChild<QPushButton*>("logButton");
        QSignalSpy changed(&before.window, &MainWindow::stateChanged);
        box->click();
        QVERIFY(changed.count() > 0);
        for (std::size_t place = 0; place < pageTable().size(); ++place) {
            const auto page = static_cast<Page>(place);
            after.window.pages().restore(page, before.window.pages().state(page));
            QCOMPARE(after.window.pages().state(page), before.window.pages().state(page));
        }
        QCOMPARE(after.window.findChild<QPushButton*>("logButton")->isChecked(), box->isChecked());
    }
};

QTEST_MAIN(TestPageTable)
#include "tst_page_table.moc"
