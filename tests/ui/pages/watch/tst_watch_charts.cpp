// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch lets a reader do with its charts.
#include "storage/records/run_clock.h"
#include "tests/ui/pages/watch/watch_fixture.h"
#include "ui/charts/view/plot_view.h"
#include "ui/pages/watch/watch_table.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace nabiz;
using namespace nabiz::ui;

class TestWatchCharts : public tests::WatchFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(open()); }
    void unitsThatTheRunHas();
    void pausesAreLeftOutOfTheTime();
    void downtimeIsLeftOutOfTheTime();
    void followsTheLastBatches();
    void saysThatThereIsNoLoss();
    void marksLeadToTheLog();
    void marksByKeysAndNewOnes();
    void pinsInTheCard();
    void legendHides();
    void statisticsOfWhatIsInView();
    void savesFromTheMenus();
    void learningRateOnRequest();
    void chartsCanGoTheirOwnWays();
    void aPointSaysWhereItComesFrom();
    void smoothedBySliderOrTyped();
};

void TestWatchCharts::unitsThatTheRunHas()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    auto* const box = child<QComboBox>("xUnitBox");
    load(run);
    m_page->showRuns(1, {});
    QCOMPARE(box->count(), 2); // batch and time: of no text, start or accumulation is anything known
    run = testing::sampleRun(2, "other", 400, 1.5);
    run.parameters.push_back({ "training.gradient_accumulation_steps", "4", "4" });
    run.parameters.push_back({ "data.sampling", "line", "line" });
    run.overview.run.facts["data.training_lines"] = "200"; // with a batch size of 4: 50 batches an epoch
    run.overview.run.facts["time.zero"] = "1700000000000";
    load(run);
    m_page->showRuns(2, {});
    QCOMPARE(box->count(), 5); // and steps, epochs, dates
    box->setCurrentIndex(2);
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(plot->content().xUnit == XUnit::Epoch);
    QCOMPARE(plot->range().xRange().second, 399 / 50.0);
    // A run that has none is left out, and that is said.
    m_page->showRuns(2, { 1, 2 });
    QVERIFY(plot->content().xUnit == XUnit::Epoch);
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QVERIFY(plot->notice().contains(QStringLiteral("quick")));
    m_page->showRuns(1, {});
    QVERIFY(plot->content().xUnit == XUnit::Batch);
    m_page->showRuns(2, {});
    QVERIFY(plot->content().xUnit == XUnit::Epoch); // still wished for
    box->setCurrentIndex(4);
    QVERIFY(plot->content().xUnit == XUnit::WallTime);
    QCOMPARE(plot->range().xRange().first, 1.7e9);
}

void TestWatchCharts::pausesAreLeftOutOfTheTime()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5); // half a second a batch
    run.overview.run.facts["time.zero"] = "1700000000000";
    for (storage::Series& series : run.series) {
        for (std::size_t i = 0; i < series.time.size(); ++i) {
            series.time[i] += series.batch[i] > 100 ? 60 : 0;
        }
    }
    storage::Event pause, resume;
    pause.kind = "pause";
    resume.kind = "resume";
    pause.batch = resume.batch = 100;
    pause.time = 1'700'000'050'000;
    resume.time = 1'700'000'110'000;
    run.events = { pause, resume };
    load(run);
    m_page->showRuns(1, {});
    auto* const box = child<QComboBox>("xUnitBox");
    auto* const plot = child<PlotView>("lossChart");
    QCOMPARE(box->count(), 4); // batch, time, with pauses, dates
    box->setCurrentIndex(1);
    QCOMPARE(plot->range().xRange().second, 399 * 0.5);
    box->setCurrentIndex(2);
    QCOMPARE(plot->range().xRange().second, 399 * 0.5 + 60);
    box->setCurrentIndex(3);
    QCOMPARE(plot->range().xRange().second, 1.7e9 + 399 * 0.5 + 60);
}

// Killed at batch 120, gone on an hour later from the checkpoint of batch 100, paused before and behind.
void TestWatchCharts::downtimeIsLeftOutOfTheTime()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5); // half a second a batch
    storage::beginStretch(run.overview.run.facts, 0, 1'700'000'000'000);
    storage::beginStretch(run.overview.run.facts, 50, 1'700'003'660'000);
    const auto event = [](const char* kind, std::int64_t time) {
        storage::Event event;
        event.kind = kind;
        event.time = time;
        return event;
    };
    run.events = { event("pause", 1'700'000'055'000), event("resume", 1'700'000'056'000), // of what was given up
        event("resume", 1'700'003'659'000), // the run itself goes on
        event("pause", 1'700'003'670'000), event("resume", 1'700'003'672'000) };
    load(run);
    m_page->showRuns(1, {});
    auto* const box = child<QComboBox>("xUnitBox");
    auto* const plot = child<PlotView>("lossChart");
    QCOMPARE(box->count(), 4);
    box->setCurrentIndex(1);
    QCOMPARE(plot->range().xRange().second, 399 * 0.5 - 2);
    box->setCurrentIndex(2);
    QCOMPARE(plot->range().xRange().second, 399 * 0.5 + 3610);
    box->setCurrentIndex(3);
    QCOMPARE(plot->range().xRange().second, 1.7e9 + 399 * 0.5 + 3610);
}

// Another program's run has its own names.
void TestWatchCharts::saysThatThereIsNoLoss()
{
    storage::RunDetail run = testing::sampleRun(1, "imported", 40, 1.5);
    for (storage::Series& series : run.series)
        series.metric.name = "theirs/" + series.metric.name;
    load(run);
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    plot->setFocus(Qt::TabFocusReason); // then it says what it shows
    QTRY_COMPARE(plot->accessibleDescription(), QString("This run has no metric called loss."));
}

void TestWatchCharts::followsTheLastBatches()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 4000, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    run.overview.run.plannedBatches = 9000;
    load(run);
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    child<QAction>("follow1000")->trigger();
    QCOMPARE(plot->range().xRange(), std::pair(2999.0, 3999.0));
    QCOMPARE(child<PlotView>("memoryChart")->range().xRange(), plot->range().xRange());
    QVERIFY(child<QPushButton>("followButton")->isChecked());
    child<QAction>("follow0")->trigger();
    QCOMPARE(plot->range().xRange().second, 9000.0);
    QCOMPARE(child<PlotView>("memoryChart")->range().xRange(), plot->range().xRange());
}

namespace {

storage::Event eventOf(const char* kind, int batch, const std::string& text)
{
    storage::Event event;
    event.kind = kind;
    event.batch = batch;
    event.text = text;
    return event;
}

} // namespace

void TestWatchCharts::marksLeadToTheLog()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    for (int i = 0; i < 900; ++i) {
        run.events.push_back(eventOf("log", 0, "line " + std::to_string(i)));
    }
    run.events.insert(run.events.begin() + 3, eventOf("warning", 200, "it grows hot"));
    run.checkpoints.push_back({ 300, "folder", 12'000'000 });
    load(run);
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QCOMPARE(plot->content().marks.size(), std::size_t(2));
    QVERIFY(!child<QPlainTextEdit>("eventsText")->isVisible());
    const QRectF area = plot->plotArea();
    QTest::mouseClick(plot, Qt::LeftButton, Qt::NoModifier,
        QPoint(static_cast<int>(area.left() + area.width() * 200 / 399), static_cast<int>(area.bottom()) - 4));
    auto* const log = child<QPlainTextEdit>("eventsText");
    QVERIFY(log->isVisible() && log->hasFocus());
    QVERIFY(log->textCursor().block().text().contains(QStringLiteral("it grows hot"))); // not among the newest 500
    QCOMPARE(log->extraSelections().size(), 1);
    child<QAction>("marksAction")->trigger();
    QVERIFY(plot->content().marks.empty());
}

void TestWatchCharts::marksByKeysAndNewOnes()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    load(run);
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(plot->content().marks.empty());
    m_catalog->appendEvent(1, eventOf("evaluation", 120, "Validation loss 2"));
    QTRY_COMPARE(plot->content().marks.size(), std::size_t(1)); // comes by itself
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_M);
    QCOMPARE(*plot->reader().cursorX(), 120.0);
    QTest::keyClick(plot, Qt::Key_Return);
    QVERIFY(
        child<QPlainTextEdit>("eventsText")->textCursor().block().text().contains(QStringLiteral("Validation loss 2")));
}

void TestWatchCharts::pinsInTheCard()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(!child<WatchTable>("pinsTable")->isVisible());
    plot->reader().setCursorX(100);
    QTest::keyClick(plot, Qt::Key_A);
    plot->reader().setCursorX(300);
    QTest::keyClick(plot, Qt::Key_B);
    QVERIFY(child<WatchTable>("pinsTable")->isVisible());
    QVERIFY(child<QLabel>("pinsTitle")->text().contains(QStringLiteral("200")));
    const QString text = child<WatchTable>("pinsTable")->rows()[0].value;
    QVERIFY2(text.contains(QStringLiteral("→")) && text.contains(QStringLiteral("(−")), qPrintable(text));
    QCOMPARE(child<PlotView>("memoryChart")->reader().pin(0), plot->reader().pin(0));
    QTest::keyClick(plot, Qt::Key_Escape);
    QVERIFY(!child<WatchTable>("pinsTable")->isVisible());
}

void TestWatchCharts::legendHides()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    load(testing::sampleRun(2, "other", 400, 1.7));
    m_page->showRuns(1, { 1, 2 });
    auto* const plot = child<PlotView>("lossChart");
    auto* const box = child<QCheckBox>("legendBox2");
    QVERIFY(box && box->isVisible());
    QVERIFY(plot->content().curves[0].marker != plot->content().curves[1].marker); // not by colour alone
    QTest::mouseClick(box, Qt::LeftButton, Qt::NoModifier, QPoint(8, box->height() / 2));
    QVERIFY(plot->content().curves[1].hidden);
    m_catalog->putRun(testing::sampleRun(1, "renamed", 400, 1.5).overview);
    QVERIFY(plot->content().curves[1].hidden); // also when all is made anew
}

void TestWatchCharts::statisticsOfWhatIsInView()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QTest::mouseClick(child<QToolButton>("statisticsButton"), Qt::LeftButton);
    auto* const table = child<WatchTable>("statisticsTable");
    QTRY_VERIFY(!table->rows().empty());
    plot->range().setXRange(100, 199);
    QTRY_VERIFY(table->rows()[0].value.contains(QStringLiteral("100")));
    QTRY_VERIFY(table->rows()[4].value != QStringLiteral("…"));
    double sum = 0;
    for (int i = 100; i < 200; ++i) {
        sum += 1.5 + 4 * std::exp(-i / 60.0);
    }
    QVERIFY(std::abs(QLocale().toDouble(table->rows()[3].value) - sum / 100) < 5e-5);
    QTest::mouseClick(child<QPushButton>("copyStatisticsButton"), Qt::LeftButton);
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3); // names, loss, validation loss
    QVERIFY(std::abs(QLocale().toDouble(lines[1].split(QLatin1Char('\t'))[7]) - sum / 100) < 1e-9);
    m_catalog->removeRun(1);
    QCoreApplication::processEvents(); // what was reckoned from it is gone
    QVERIFY(child<PlotView>("lossChart")->content().curves.empty());
}

void TestWatchCharts::savesFromTheMenus()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    child<QAction>("saveChartsAction")->trigger();
    auto* const dialog = child<QDialog>("chartSaveDialog");
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(dialog->findChild<QCheckBox*>(QStringLiteral("allChartsBox"))->isVisible());
    const QString file = dialog->findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->text();
    QVERIFY(file.endsWith(QStringLiteral("quick-loss.png")));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!child<QDialog>("chartSaveDialog"));
    child<QAction>("copyChartAction")->trigger();
    QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    auto* const plot = child<PlotView>("memoryChart");
    QContextMenuEvent menu(QContextMenuEvent::Mouse, plot->plotArea().center().toPoint(), QPoint(50, 50));
    QApplication::sendEvent(plot, &menu);
    QVERIFY(plot->findChild<QAction*>(QStringLiteral("plotSave")));
    plot->findChild<QMenu*>(QStringLiteral("plotMenu"))->close();
}

void TestWatchCharts::learningRateOnRequest()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    run.series.push_back(testing::column("learning_rate", ""));
    for (int batch = 0; batch < 400; ++batch) { // a warm-up, then a step
        testing::add(run.series.back(), batch, batch < 40 ? batch * 1e-4 : batch < 200 ? 4e-3 : 4e-4);
    }
    load(run);
    m_page->showRuns(1, {});
    auto* const rate = child<PlotView>("rateChart");
    QVERIFY(!rate->isVisible());
    const auto& marks = child<PlotView>("lossChart")->content().marks;
    QCOMPARE(marks.size(), std::size_t(2));
    QCOMPARE(marks[0].x, 40.0);
    QCOMPARE(marks[1].x, 200.0);
    child<QAction>("rateAction")->trigger();
    QVERIFY(rate->isVisible());
    QCOMPARE(rate->content().curves.size(), std::size_t(1));
    QTRY_COMPARE(rate->plotArea().left(), child<PlotView>("lossChart")->plotArea().left());
    child<PlotView>("memoryChart")->range().setXRange(100, 200);
    QCOMPARE(rate->range().xRange(), std::pair(100.0, 200.0));
    child<QAction>("rateAction")->trigger();
    QVERIFY(!rate->isVisible() && rate->content().curves.empty());
}

void TestWatchCharts::chartsCanGoTheirOwnWays()
{
    load(testing::sampleRun(1, "a", 400, 1));
    m_page->showRuns(1, {});
    auto* const loss = child<PlotView>("lossChart");
    auto* const memory = child<PlotView>("memoryChart");
    auto* const linked = child<QAction>("linkedAction");
    QVERIFY(linked->isChecked() && !loss->content().showXAxis);
    linked->trigger();
    QVERIFY(loss->content().showXAxis);
    const auto before = memory->range().xRange();
    loss->range().setXRange(100, 200);
    QCOMPARE(loss->range().xRange(), std::pair(100.0, 200.0));
    QCOMPARE(memory->range().xRange(), before);
    linked->trigger();
    QCOMPARE(memory->range().xRange(), std::pair(100.0, 200.0));
    loss->range().follow();
    QVERIFY(memory->range().isFollowing());
}

void TestWatchCharts::aPointSaysWhereItComesFrom()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    storage::beginStretch(run.overview.run.facts, 0, 1'700'000'000'000);
    storage::beginStretch(run.overview.run.facts, 100, 1'700'003'660'000); // gone on at batch 200
    storage::Event said;
    said.kind = "log";
    said.batch = 250;
    said.text = "half of it";
    run.events = { said };
    load(run);
    m_page->showRuns(1, {});
    auto* const table = child<WatchTable>("pointTable");
    QVERIFY(!table->isVisible());
    auto* const plot = child<PlotView>("lossChart");
    const QRectF area = plot->plotArea();
    QTest::mouseClick(
        plot, Qt::LeftButton, {}, QPointF(area.left() + area.width() * 0.75, area.bottom() - 3).toPoint());
    QVERIFY(table->isVisible());
    const auto value = [table](const QString& name) {
        for (const WatchRow& row : table->rows())
            if (row.name == name)
                return row.value;
        return QString();
    };
    QCOMPARE(value("run"), QStringLiteral("quick"));
    QCOMPARE(value("recorded as"), QStringLiteral("loss"));
    QCOMPARE(value("segment"), QStringLiteral("2 of 2"));
    QVERIFY(!value("time").isEmpty());
    QVERIFY(value("said last").contains(QStringLiteral("half of it")));
    QTest::mouseClick(child<QToolButton>("pointCloseButton"), Qt::LeftButton);
    QVERIFY(!table->isVisible());
}

void TestWatchCharts::smoothedBySliderOrTyped()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    auto* const box = child<QComboBox>("smoothingBox");
    const int kinds = box->count();
    auto* const typed = child<QDoubleSpinBox>("smoothingValue");
    auto* const slider = child<QSlider>("smoothingSlider");
    QCOMPARE(typed->value(), 21.0);
    typed->setFocus();
    typed->selectAll();
    QTest::keyClicks(typed, "37");
    QTest::keyClick(typed, Qt::Key_Return);
    QVERIFY((plot->content().smoothing == Smoothing { SmoothingKind::Mean, 37 }));
    QCOMPARE(box->count(), kinds + 1);
    const QJsonObject state = m_page->state();
    QTest::keyClick(slider, Qt::Key_Home);
    QVERIFY(plot->content().smoothing.kind == SmoothingKind::None);
    QCOMPARE(box->count(), kinds);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(typed->value(), plot->content().smoothing.amount);
    m_page->restore(state);
    QCOMPARE(typed->value(), 37.0);
    box->setCurrentIndex(kinds - 1); // 0.99
    QVERIFY(plot->content().smoothing.kind == SmoothingKind::Exponential);
    QCOMPARE(typed->value(), 0.99);
    QTest::keyClick(slider, Qt::Key_Right);
    QVERIFY(plot->content().smoothing.kind == SmoothingKind::Exponential);
}

QTEST_MAIN(TestWatchCharts)
#include "tst_watch_charts.moc"
