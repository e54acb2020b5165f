// SPDX-License-Identifier: GPL-3.0-or-later
// What a person meets first: files that find their place, a second call of the program, examples, the reported run, a
// first run of the real model's preset by clicks, and the way from there to a report by keys alone.
#include "app/gui/process/window_door.h"
#include "tests/app/gui/hub_process.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialog>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <future>

using namespace nabiz;
using tests::WindowSession;

namespace {

std::shared_ptr<trainer::Trainer> synthetic()
{
    return std::make_shared<tests::SyntheticTrainer>();
}

QString write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

void drop(WindowSession& session, const QString& path)
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(path) });
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&session.window, &enter);
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&session.window, &event);
}

QString preset(const WindowSession& session)
{
    return session.window.findChild<QComboBox*>("presetBox")->currentText();
}

// Nothing but keys, to whatever has the focus; and a look at whether it is drawn otherwise than without.
struct Keyboard {
    static void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at ? at : QApplication::activeWindow(), key, with);
    }
    void tab()
    {
        QWidget* const at = QApplication::focusWidget();
        const QImage with = at ? at->grab().toImage() : QImage();
        const bool isInSight = at && !at->visibleRegion().isEmpty();
        press(Qt::Key_Tab);
        if (at && at != QApplication::focusWidget() && (!isInSight || at->grab().toImage() == with))
            unseen << QString::fromLatin1(at->metaObject()->className()) + u' ' + at->objectName();
    }
    // Through everything that Tab leads to, and back.
    void goRound()
    {
        const QWidget* const first = QApplication::focusWidget();
        int tabs = 0;
        do
            tab();
        while (QApplication::focusWidget() != first && ++tabs < 300);
    }
    bool tabTo(const char* name)
    {
        for (int tabs = 0; tabs < 300; ++tabs, tab()) {
            const QWidget* at = QApplication::focusWidget();
            if (at && at->objectName() == QLatin1String(name))
                return true;
        }
        return false;
    }

    QStringList unseen;
};

} // namespace

class TestFirstHour : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        ui::Theme::apply(*qApp, ui::ThemeMode::Light);
        for (const char* name : { "HF_TOKEN", "http_proxy", "XDG_RUNTIME_DIR" })
            qunsetenv(name);
    }
    void droppedFilesFindTheirPlace();
    void calledAgainTheWindowAnswers();
    void examplesAreTrainedByAClick();
    void theReportedRunComesByAClick();
    void whatIsOverAtOnceComesForward();
    void theRealModelInSixClicks();
    void fromAFreshHomeToAReportByKeys();
};

void TestFirstHour::droppedFilesFindTheirPlace()
{
    const QTemporaryDir folder;
    WindowSession session(folder.path(), synthetic);
    QTRY_VERIFY(!session.controller.database().isEmpty());
    session.window.showPage(ui::Page::Runs);
    drop(session, write(folder.filePath("mine.yaml"), "extends: quick\ntraining:\n  max_steps: 7\n"));
    QCOMPARE(session.window.pages().page(), ui::Page::Configure);
    QTRY_VERIFY2(preset(session).contains("mine"), qPrintable(preset(session)));
    const QString text = write(folder.filePath("my text.txt"), "bir gün\n");
    drop(session, text);
    QTRY_COMPARE(session.window.findChild<QLineEdit*>("param_data.train_path_edit")->text(), text);
    drop(session, folder.filePath("other.db")); // made by opening it, as by the menu
    QTRY_COMPARE(session.controller.database(), folder.filePath("other.db"));
    drop(session, write(folder.filePath("log.csv"), "step,loss\n0,1\n"));
    QVERIFY(session.window.findChild<QDialog*>("importDialog"));
}

void TestFirstHour::calledAgainTheWindowAnswers()
{
    const QTemporaryDir folder;
    const QString database = write(folder.filePath("runs.db"), "");
    QVERIFY(!app::WindowDoor::knock(database, {})); // no window
    app::WindowDoor door;
    door.listen(database);
    QStringList taken;
    int knocks = 0;
    connect(&door, &app::WindowDoor::knocked, this, [&](const QStringList& files) {
        taken = files;
        ++knocks;
    });
    const auto knock = [](const QString& file, const QStringList& files) {
        auto answer = std::async(std::launch::async, [&] { return app::WindowDoor::knock(file, files); });
        const auto isThere
            = [&answer] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; };
        return QTest::qWaitFor(isThere, 10'000) && answer.get();
    };
    QVERIFY(knock(database, { "/a b.yaml", "/ü.nabiz" }));
    QCOMPARE(taken, QStringList({ "/a b.yaml", "/ü.nabiz" }));
    QVERIFY(QFile::link(database, folder.filePath("link.db")));
    QVERIFY(knock(folder.filePath("link.db"), {})); // the same database by another name
    QCOMPARE(knocks, 2);
    QVERIFY(!knock(folder.filePath("other.db"), {}));
    door.listen(folder.filePath("other.db"));
    QVERIFY(!knock(database, {})); // it has another one open now
    QVERIFY(knock(folder.filePath("other.db"), {}));
    QCOMPARE(knocks, 3);
}

void TestFirstHour::examplesAreTrainedByAClick()
{
    const QTemporaryDir folder;
    qputenv("XDG_DATA_HOME", folder.filePath("data").toUtf8());
    qunsetenv("NABIZ_DB");
    for (int time = 0; time < 2; ++time) { // the second time as they were left
        WindowSession session(folder.path(), synthetic);
        QTRY_VERIFY(!session.controller.database().isEmpty());
        session.window.showPage(ui::Page::Watch);
        QVERIFY(session.click("emptyButtonOther"));
        QTRY_COMPARE(session.controller.database(), folder.filePath("data/nabiz/examples.db"));
        QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t(7), 30'000);
        const auto finished = [&] {
            return std::ranges::count_if(
                session.catalog.runs(), [](const auto& run) { return run.run.status == storage::RunStatus::Finished; });
        };
        QTRY_COMPARE_WITH_TIMEOUT(finished(), std::ptrdiff_t(6), 30'000);
    }
}

void TestFirstHour::theReportedRunComesByAClick()
{
    const QTemporaryDir folder;
    WindowSession session(folder.path(), synthetic);
    QVERIFY(session.click("startButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
    session.window.showPage(ui::Page::Compare);
    session.window.selection().select({});
    QVERIFY(session.click("compareEmptyButtonOther"));
    const auto* list = session.window.findChild<ui::RunList*>();
    QTRY_COMPARE(list->checked().size(), std::size_t(2));
    QCOMPARE(session.catalog.runs().size(), std::size_t(2));
    QTRY_VERIFY(session.window.findChild<QComboBox*>("baselineBox")->isVisible());
    QVERIFY(!session.button("reportedButton")->isVisible()); // it is there
    // It is kept once: taken out of the comparison, it comes back by the other button.
    session.window.selection().select({ session.catalog.runs().back().run.id });
    QTRY_VERIFY(session.button("compareEmptyButtonOther")->isVisible());
    QVERIFY(session.click("compareEmptyButtonOther"));
    QTRY_COMPARE(list->checked().size(), std::size_t(2));
    QCOMPARE(session.catalog.runs().size(), std::size_t(2));
}

// However short a run is, who started it sees it; and the next one that a queue begins takes no page from anybody.
void TestFirstHour::whatIsOverAtOnceComesForward()
{
    const QTemporaryDir folder;
    WindowSession session(folder.path(),
        [] { return std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions { .batches = 1 }); });
    QTRY_VERIFY(!session.controller.database().isEmpty());
    for (std::size_t runs = 1; runs <= 8; ++runs) {
        session.window.showPage(ui::Page::Configure);
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE(session.window.pages().page(), ui::Page::Watch);
        QTRY_COMPARE(session.catalog.runs().size(), runs);
        QTRY_COMPARE(session.status(), std::optional(storage::RunStatus::Finished));
    }
}

void TestFirstHour::theRealModelInSixClicks()
{
    tests::HubProcess hub("Qwen/Qwen3-0.6B");
    QVERIFY(hub.isUp);
    const QTemporaryDir folder;
    QByteArray words;
    while (words.size() < 40'000)
        words += "bir gün bir " + QByteArray::number(words.size()) + " daha vardı\n";
    const QString text = write(folder.filePath("mine.txt"), words);
    WindowSession session(folder.path(), synthetic);
    QTRY_VERIFY(!session.controller.database().isEmpty());
    int clicks = 0;
    auto* presets = session.window.findChild<QComboBox*>("presetBox");
    QTest::mouseClick(presets, Qt::LeftButton);
    ++clicks;
    QTRY_VERIFY(presets->view()->isVisible());
    const int row = presets->findText("t4");
    QVERIFY(row >= 0);
    const QModelIndex place = presets->model()->index(row, presets->modelColumn());
    presets->view()->scrollTo(place);
    QTest::mouseMove(presets->view()->viewport(), presets->view()->visualRect(place).center());
    QTest::mouseClick(presets->view()->viewport(), Qt::LeftButton, {}, presets->view()->visualRect(place).center());
    ++clicks;
    QTRY_VERIFY2(preset(session).startsWith("t4"), qPrintable(preset(session)));
    drop(session, text);
    ++clicks;
    // What this machine cannot do is turned off by all the remedies at once, or by the one that is left; neither does
    // away with the weights, which can be had.
    const auto shown = [&](const char* name) { return session.button(name) && session.button(name)->isVisible(); };
    QTRY_VERIFY_WITH_TIMEOUT(shown("getWeightsButton"), 20'000);
    if (!shown("getWeightsAndStartButton")) {
        QVERIFY(session.click(shown("applyAllButton") ? "applyAllButton" : "remedy_training.use_amp_button"));
        ++clicks;
    }
    QVERIFY(session.click("getWeightsAndStartButton"));
    ++clicks;
    QTRY_VERIFY_WITH_TIMEOUT(session.points() > 0, 30'000);
    QVERIFY2(clicks <= 6, qPrintable(QString::number(clicks)));
    QVERIFY(QFile::exists(hub.snapshot() + "/model.safetensors"));
}

void TestFirstHour::fromAFreshHomeToAReportByKeys()
{
    const QTemporaryDir folder;
    WindowSession session(folder.path(), synthetic);
    QTRY_VERIFY(!session.controller.database().isEmpty());
    session.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&session.window));
    Keyboard keyboard;
    QVERIFY(keyboard.tabTo("nameEdit"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("by keys"));
    keyboard.press(Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
    QTRY_COMPARE(session.window.pages().page(), ui::Page::Watch);
    for (const auto page : { Qt::Key_3, Qt::Key_4, Qt::Key_2 }) {
        keyboard.press(page, Qt::ControlModifier);
        keyboard.goRound();
    }
    keyboard.press(Qt::Key_E, Qt::ControlModifier);
    QTRY_COMPARE(session.window.pages().page(), ui::Page::Report);
    QVERIFY(keyboard.tabTo("report_conclusion_edit"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("It learns."));
    QTimer answer; // the folder is typed where the dialog has put the focus
    connect(&answer, &QTimer::timeout, this, [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* edit = dialog ? qobject_cast<QLineEdit*>(dialog->focusWidget()) : nullptr;
        if (!edit || !edit->hasFocus())
            return;
        answer.stop();
        keyboard.press(Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(edit, folder.path());
        QTest::keyClick(edit, Qt::Key_Return);
    });
    answer.start(50);
    QTRY_VERIFY_WITH_TIMEOUT(session.button("saveReportButton")->isEnabled(), 20'000); // the preview has come
    QVERIFY(keyboard.tabTo("saveReportButton"));
    keyboard.press(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(folder.filePath("by-keys/report.md")), 20'000);
    QFile report(folder.filePath("by-keys/report.md"));
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains("It learns."));
    QVERIFY2(
        keyboard.unseen.isEmpty(), qPrintable(keyboard.unseen.join(u'\n'))); // wherever the focus was, it could be seen
}

QTEST_MAIN(TestFirstHour)
#include "tst_first_hour.moc"
