// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of a real window, by mouse and keys: what is chosen in it takes effect once it is done with the click, and
// is kept.
#include "app/gui/language.h"
#include "tests/app/gui/runs_session.h"
#include "ui/theme/theme.h"
#include "ui/window/main_menu.h"
#include "ui/window/run_selection.h"

#include <QActionGroup>
#include <QMenu>
#include <QStyle>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;

namespace {

struct Session : tests::WindowSession {
    explicit Session(const QString& folder)
        : WindowSession(folder, [] { return std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions {}); })
    {
        language.apply(settings.text(app::Setting::Language));
        keeper.followChoices(language);
        window.activateWindow();
    }

    // Opens ☰ by a click and clicks its way down to `entry`. The button's menu is an event loop of its own.
    bool choose(const QString& entry, bool byKey = false)
    {
        auto* wanted = window.findChild<QAction*>(entry);
        auto* menu = window.findChild<QMenu*>("mainMenu");
        if (!wanted || !menu)
            return false;
        QList<QAction*> way { wanted };
        for (auto* at = qobject_cast<QMenu*>(wanted->parent()); at && at != menu;
             at = qobject_cast<QMenu*>(at->parent()))
            way.prepend(at->menuAction());
        bool clicked = false;
        QTimer::singleShot(0, menu, [&] {
            QMenu* in = menu;
            for (QAction* step : way) {
                if (!QTest::qWaitFor([&] { return in->isVisible(); }))
                    return;
                if (byKey) {
                    in->setActiveAction(step);
                    QTest::keyClick(in, Qt::Key_Return);
                } else {
                    QTest::mouseClick(in, Qt::LeftButton, {}, in->actionGeometry(step).center());
                }
                in = step->menu() ? step->menu() : in;
            }
            clicked = true;
        });
        QTest::mouseClick(window.findChild<QWidget*>("menuButton"), Qt::LeftButton);
        return QTest::qWaitFor([&] { return clicked && !menu->isVisible(); });
    }

    app::Language language;
};

} // namespace

class TestWindowMenu : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void theThemeChangesEveryPage();
    void theThemeIsChosen_data();
    void theThemeIsChosen();
    void theLanguageIsChosen();
    void aRecentDatabaseIsOpened();
    void nothingChangesWhileTheMenuHandlesItsClick();
};

// With runs, their texts, marks and charts on all pages: none of what is made anew for another look may be gone while
// the widgets are told of it.
void TestWindowMenu::theThemeChangesEveryPage()
{
    tests::ThreeRuns runs;
    Session session(runs.folder.path());
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t(3), 20'000);
    session.window.selection().select({ runs.runs[0], runs.runs[1], runs.runs[2] });
    for (const auto page :
        { ui::Page::Configure, ui::Page::Watch, ui::Page::Runs, ui::Page::Compare, ui::Page::Report }) {
        session.window.showPage(page);
        for (const char* entry : { "theme_2_action", "language_tr_action", "theme_1_action", "language_en_action" }) {
            QVERIFY2(session.choose(entry), entry);
            QTRY_VERIFY(session.window.findChild<QAction*>(entry)->isChecked());
            QCoreApplication::processEvents();
            QVERIFY(!session.window.grab().isNull());
        }
        QVERIFY(!ui::Theme::isDark());
    }
}

void TestWindowMenu::theThemeIsChosen_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("mouse") << false;
    QTest::newRow("keys") << true;
}

void TestWindowMenu::theThemeIsChosen()
{
    QFETCH(bool, byKey);
    QTemporaryDir folder;
    Session session(folder.path());
    const QPointer<QStyle> style = QApplication::style();
    for (const auto& [entry, mode] : { std::pair("theme_2_action", ui::ThemeMode::Dark),
             std::pair("theme_1_action", ui::ThemeMode::Light), std::pair("theme_2_action", ui::ThemeMode::Dark) }) {
        QVERIFY(session.choose(entry, byKey));
        QTRY_COMPARE(ui::Theme::isDark(), mode == ui::ThemeMode::Dark);
        QTRY_COMPARE(app::Settings(folder.filePath("settings.conf")).number(app::Setting::Theme), int(mode));
        QVERIFY(session.window.findChild<QAction*>(entry)->isChecked());
        QVERIFY(!session.window.grab().isNull());
    }
    QVERIFY(style); // whoever is under way in an event goes on with it
}

void TestWindowMenu::theLanguageIsChosen()
{
    QTemporaryDir folder;
    Session session(folder.path());
    QVERIFY(session.choose("language_tr_action"));
    QTRY_COMPARE(session.button("runsTab")->text(), QStringLiteral("Koşular"));
    QCOMPARE(app::Settings(folder.filePath("settings.conf")).text(app::Setting::Language), QStringLiteral("tr"));
    QVERIFY(session.choose("language_en_action", true));
    QTRY_COMPARE(session.button("runsTab")->text(), QStringLiteral("Runs"));
}

void TestWindowMenu::aRecentDatabaseIsOpened()
{
    QTemporaryDir folder;
    Session session(folder.path());
    auto* recent = session.window.findChild<QMenu*>("recentMenu");
    QTRY_COMPARE(recent->actions().size(), 1);
    session.controller.openDatabase(folder.filePath("other & more.db"));
    QTRY_COMPARE(recent->actions().size(), 2);
    recent->actions().at(1)->setObjectName("olderAction");
    QVERIFY(session.choose("olderAction"));
    QTRY_COMPARE(session.controller.database(), folder.filePath("runs.db"));
    QTRY_COMPARE(recent->actions().at(0)->text(), folder.filePath("runs.db"));
}

void TestWindowMenu::nothingChangesWhileTheMenuHandlesItsClick()
{
    QTemporaryDir folder;
    Session session(folder.path());
    bool during = false;
    int told = 0;
    for (const char* group : { "theme_1_action", "language_en_action" }) {
        auto* action = session.window.findChild<QAction*>(group);
        // The last to hear of the click.
        connect(action->actionGroup(), &QActionGroup::triggered, this, [&] { during = during || told > 0; });
        connect(&session.window.menu(), &ui::MainMenu::themeChosen, this, [&] { ++told; });
        connect(&session.window.menu(), &ui::MainMenu::languageChosen, this, [&] { ++told; });
        action->trigger();
        QVERIFY(!during);
        QTRY_VERIFY(told > 0);
        told = 0;
    }
}

QTEST_MAIN(TestWindowMenu)
#include "tst_window_menu.moc"
