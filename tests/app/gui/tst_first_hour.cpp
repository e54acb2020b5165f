// SPDX-License-Identifier: GPL-3.0-or-later
// What a person meets first: files that find their place, a second call of the program, examples, the reported run.
#include "app/gui/process/window_door.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QComboBox>
#include <QDialog>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
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

QTEST_MAIN(TestFirstHour)
#include "tst_first_hour.moc"
