// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/charts/sample_runs.h"
#include "ui/charts/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch_page.h"
#include "ui/pages/watch_table.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace nabiz;
using namespace nabiz::ui;

class TestWatchPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyPlaceSaysWhatMakesIt();
    void showsTheRun();
    void valuesUnderTheCursor();
    void followPill();
    void optionsReachTheChart();
    void unitsThatTheRunHas();
    void pausesAreLeftOutOfTheTime();
    void followsTheLastBatches();
    void marksLeadToTheLog();
    void marksByKeysAndNewOnes();
    void pinsInTheCard();
    void legendHides();
    void statisticsOfWhatIsInView();
    void savesFromTheMenus();
    void liveRowsArrive();
    void changedFromParent();
    void samplesNewestFirst();
    void factsLogAndCommand();
    void failureOnTop();
    void renames();
    void survivesRemovalAndReset();
    void pagesUnderEveryTheme();

private:
    template <typename T> T* child(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    QString cell(const QString& name)
    {
        for (const WatchRow& row : child<WatchTable>("cursorTable")->rows()) {
            if (row.name == name) {
                return row.value;
            }
        }
        return {};
    }
    void load(const storage::RunDetail& detail)
    {
        m_catalog->putRun(detail.overview);
        m_catalog->setDetail(detail);
    }

    std::unique_ptr<RunCatalog> m_catalog;
    std::unique_ptr<WatchPage> m_page;
};

void TestWatchPage::initTestCase()
{
    Theme::apply(*qApp, ThemeMode::Light);
}

void TestWatchPage::init()
{
    m_page.reset();
    m_catalog = std::make_unique<RunCatalog>();
    m_page = std::make_unique<WatchPage>(*m_catalog);
    m_page->resize(1152, 786);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestWatchPage::emptyPlaceSaysWhatMakesIt()
{
    QSignalSpy asked(m_page.get(), &WatchPage::configureRequested);
    auto* const button = child<QPushButton>("emptyButton");
    QVERIFY(button->isVisible());
    QVERIFY(!child<PlotView>("lossChart")->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
}

void TestWatchPage::showsTheRun()
{
    QSignalSpy wanted(m_catalog.get(), &RunCatalog::detailWanted);
    const storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    m_catalog->putRun(run.overview);
    m_page->showRuns(1, {});
    QCOMPARE(wanted.count(), 1);
    m_catalog->setDetail(run);
    const PlotContent& loss = child<PlotView>("lossChart")->content();
    QCOMPARE(loss.curves.size(), std::size_t(2)); // loss and validation
    QVERIFY(loss.curves[1].points);
    QCOMPARE(loss.lines.size(), std::size_t(1));
    QCOMPARE(loss.lines[0].value, 0.66);
    const PlotContent& memory = child<PlotView>("memoryChart")->content();
    QCOMPARE(memory.curves.size(), std::size_t(1));
    QCOMPARE(memory.curves[0].series->name(), std::string("memory.process"));
    QVERIFY(child<QLabel>("statusPill")->text().contains(QStringLiteral("400")));
    load(testing::sampleRun(2, "other", 300, 1.7));
    m_page->showRuns(1, { 2, 1 });
    QCOMPARE(child<PlotView>("lossChart")->content().curves.size(), std::size_t(3));
    QVERIFY(loss.curves[0].color != loss.curves[1].color);
    QCOMPARE(child<PlotView>("lossChart")->plotArea().left(), child<PlotView>("memoryChart")->plotArea().left());
}

void TestWatchPage::valuesUnderTheCursor()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(cell(QStringLiteral("loss")).startsWith(QStringLiteral("1.505")));
    QTest::keyClick(plot, Qt::Key_Left);
    for (int i = 0; i < 10; ++i) {
        QTest::keyClick(plot, Qt::Key_Left, Qt::ShiftModifier);
    }
    QCOMPARE(plot->cursorX(), std::optional(299.0));
    const double loss = 1.5 + 4 * std::exp(-299 / 60.0);
    QCOMPARE(QLocale().toDouble(cell(QStringLiteral("loss"))), std::round(loss * 1e4) / 1e4);
    QVERIFY(!cell(QStringLiteral("smoothed")).isEmpty());
    QCOMPARE(QLocale().toDouble(cell(QStringLiteral("validation loss"))),
        std::round((loss + 0.1) * 1e4) / 1e4); // of batch 299 itself
    QCOMPARE(child<PlotView>("memoryChart")->cursorX(), std::optional(299.0));
}

void TestWatchPage::followPill()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    run.overview.run.plannedBatches = 750;
    load(run);
    m_page->showRuns(1, {});
    auto* const pill = child<QPushButton>("followButton");
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(pill->isVisible());
    const QString following = pill->text();
    QCOMPARE(plot->xRange().second, 750.0);
    QWheelEvent wheel(plot->plotArea().center(), plot->mapToGlobal(plot->plotArea().center()), {}, { 0, 120 },
        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot, &wheel);
    QVERIFY(!plot->isFollowing());
    QVERIFY(pill->text() != following);
    QVERIFY(!child<PlotView>("memoryChart")->isFollowing());
    QTest::mouseClick(pill, Qt::LeftButton);
    QVERIFY(plot->isFollowing());
    QCOMPARE(pill->text(), following);
    QApplication::sendEvent(plot, &wheel);
    QTest::keyClick(plot, Qt::Key_End);
    QCOMPARE(pill->text(), following);
}

void TestWatchPage::optionsReachTheChart()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    const bool log = plot->content().logY;
    QTest::mouseClick(child<QPushButton>("logButton"), Qt::LeftButton);
    QCOMPARE(plot->content().logY, !log);
    QTest::keyClick(plot, Qt::Key_L);
    QCOMPARE(plot->content().logY, log);
    child<QComboBox>("xUnitBox")->setCurrentIndex(1);
    QVERIFY(plot->content().xUnit == XUnit::Time);
    QVERIFY(child<PlotView>("memoryChart")->content().xUnit == XUnit::Time);
    child<QComboBox>("smoothingBox")->setCurrentIndex(0);
    QVERIFY(plot->content().smoothing == Smoothing {});
}

void TestWatchPage::unitsThatTheRunHas()
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
    QCOMPARE(plot->xRange().second, 399 / 50.0);
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
    QCOMPARE(plot->xRange().first, 1.7e9);
}

void TestWatchPage::pausesAreLeftOutOfTheTime()
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
    QCOMPARE(plot->xRange().second, 399 * 0.5);
    box->setCurrentIndex(2);
    QCOMPARE(plot->xRange().second, 399 * 0.5 + 60);
    box->setCurrentIndex(3);
    QCOMPARE(plot->xRange().second, 1.7e9 + 399 * 0.5 + 60);
}

void TestWatchPage::followsTheLastBatches()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 4000, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    run.overview.run.plannedBatches = 9000;
    load(run);
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    child<QAction>("follow1000")->trigger();
    QCOMPARE(plot->xRange(), std::pair(2999.0, 3999.0));
    QCOMPARE(child<PlotView>("memoryChart")->xRange(), plot->xRange());
    QVERIFY(child<QPushButton>("followButton")->isChecked());
    child<QAction>("follow0")->trigger();
    QCOMPARE(plot->xRange().second, 9000.0);
    QCOMPARE(child<PlotView>("memoryChart")->xRange(), plot->xRange());
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

void TestWatchPage::marksLeadToTheLog()
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

void TestWatchPage::marksByKeysAndNewOnes()
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
    QCOMPARE(*plot->cursorX(), 120.0);
    QTest::keyClick(plot, Qt::Key_Return);
    QVERIFY(child<QPlainTextEdit>("eventsText")->textCursor().block().text().contains(QStringLiteral("Validation loss 2")));
}

void TestWatchPage::pinsInTheCard()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(!child<WatchTable>("pinsTable")->isVisible());
    plot->setCursorX(100);
    QTest::keyClick(plot, Qt::Key_A);
    plot->setCursorX(300);
    QTest::keyClick(plot, Qt::Key_B);
    QVERIFY(child<WatchTable>("pinsTable")->isVisible());
    QVERIFY(child<QLabel>("pinsTitle")->text().contains(QStringLiteral("200")));
    const QString text = child<WatchTable>("pinsTable")->rows()[0].value;
    QVERIFY2(text.contains(QStringLiteral("→")) && text.contains(QStringLiteral("(−")), qPrintable(text));
    QCOMPARE(child<PlotView>("memoryChart")->pin(0), plot->pin(0));
    QTest::keyClick(plot, Qt::Key_Escape);
    QVERIFY(!child<WatchTable>("pinsTable")->isVisible());
}

void TestWatchPage::legendHides()
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

void TestWatchPage::statisticsOfWhatIsInView()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    auto* const plot = child<PlotView>("lossChart");
    QTest::mouseClick(child<QToolButton>("statisticsButton"), Qt::LeftButton);
    auto* const table = child<WatchTable>("statisticsTable");
    QTRY_VERIFY(!table->rows().empty());
    plot->setXRange(100, 199);
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

void TestWatchPage::savesFromTheMenus()
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

void TestWatchPage::liveRowsArrive()
{
    storage::RunOverview overview;
    overview.run.id = 1;
    overview.run.status = storage::RunStatus::Running;
    overview.run.plannedBatches = 100;
    m_catalog->putRun(overview);
    storage::RunDetail detail;
    detail.overview = overview;
    m_page->showRuns(1, {});
    m_catalog->setDetail(detail);
    auto* const plot = child<PlotView>("lossChart");
    QVERIFY(plot->content().curves.empty());
    const std::vector<storage::Metric> metrics { { 0, "loss", "nats" }, { 0, "val.loss", "nats" } };
    for (int batch = 0; batch < 10; ++batch) {
        storage::Row row;
        row.batch = batch;
        row.time = batch;
        row.count = batch == 9 ? 2 : 1;
        row.metric[0] = 0;
        row.value[0] = 5.0 - batch * 0.1;
        row.metric[1] = 1;
        row.value[1] = 4.5;
        m_catalog->appendRows(1, metrics, { &row, 1 });
    }
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QCOMPARE(plot->content().curves[0].series->size(), std::size_t(10));
    QTRY_COMPARE(cell(QStringLiteral("loss")), QLocale().toString(4.1, 'f', 4));
    QTRY_VERIFY(child<QLabel>("statusPill")->text().contains(QStringLiteral("10")));
}

void TestWatchPage::changedFromParent()
{
    load(testing::sampleRun(1, "quick", 400, 2.0));
    storage::RunDetail run = testing::sampleRun(2, "quick-2", 300, 1.5);
    run.overview.run.parent = 1;
    run.parameters[0] = { "training.learning_rate", "3e-4", "3e-4" };
    load(run);
    m_page->showRuns(2, {});
    QVERIFY(child<QLabel>("changedSettings")->isVisible());
    QVERIFY(
        child<QLabel>("changedSettings")->text().contains(QString::fromUtf8("training.learning_rate  1e-3 → 3e-4")));
    QVERIFY(!child<QLabel>("changedSettings")->text().contains(QStringLiteral("batch_size")));
    QVERIFY(child<QLabel>("changeEffect")->text().contains(QStringLiteral("299")));
    m_page->showRuns(1, {});
    QVERIFY(!child<QLabel>("changeEffect")->isVisible());
}

void TestWatchPage::samplesNewestFirst()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 120, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    for (const int batch : { 50, 100 }) {
        storage::Event event;
        event.kind = "sample";
        event.batch = batch;
        event.message = "%1";
        event.arguments = { "text of " + std::to_string(batch) + " with a %1" };
        run.events.push_back(event);
    }
    load(run);
    m_page->showRuns(1, {});
    auto* const button = child<QPushButton>("sampleButton");
    QVERIFY(!button->isVisible()); // not the active run
    m_page->setActiveRun(1);
    QVERIFY(button->isVisible());
    QSignalSpy asked(m_page.get(), &WatchPage::sampleRequested);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    const auto places = [this] {
        QStringList texts;
        for (const QLabel* const label : m_page->findChildren<QLabel*>()) {
            if (label->text().startsWith(QStringLiteral("text of"))) {
                texts.append(QStringLiteral("%1 %2")
                                 .arg(label->mapTo(m_page.get(), QPoint()).y(), 5, 10, QLatin1Char('0'))
                                 .arg(label->text()));
            }
        }
        texts.sort();
        return texts;
    };
    QCoreApplication::processEvents();
    QCOMPARE(places().size(), 2);
    QVERIFY(places()[0].endsWith(QStringLiteral("text of 100 with a %1")));
}

void TestWatchPage::factsLogAndCommand()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 120, 1.5);
    storage::Event event;
    event.kind = "warning";
    event.batch = 7;
    event.text = "a note";
    run.events.push_back(event);
    load(run);
    m_page->showRuns(1, {});
    QVERIFY(!child<QLabel>("commandText")->isVisible());
    QTest::mouseClick(child<QToolButton>("factsButton"), Qt::LeftButton);
    QVERIFY(child<QLabel>("commandText")->isVisible());
    QVERIFY(child<QLabel>("appliedSettings")->text().contains(QString::fromUtf8("hardware.device  auto → cpu")));
    QVERIFY(!child<QLabel>("appliedSettings")->text().contains(QStringLiteral("batch_size")));
    QTest::mouseClick(child<QPushButton>("copyRunCommandButton"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(run.overview.run.command));
    auto* const log = child<QToolButton>("eventsButton");
    log->setFocus();
    QTest::keyClick(log, Qt::Key_Space);
    QVERIFY(child<QPlainTextEdit>("eventsText")->toPlainText().contains(QStringLiteral("a note")));
    QVERIFY(child<QPlainTextEdit>("eventsText")->isVisible());
}

void TestWatchPage::failureOnTop()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 20, 1.5);
    run.overview.run.status = storage::RunStatus::Failed;
    run.overview.run.failure = "Out of memory at batch 20.";
    load(run);
    m_page->showRuns(1, {});
    QVERIFY(child<QLabel>("failureText")->isVisible());
    QCOMPARE(child<QLabel>("failureText")->text(), QStringLiteral("Out of memory at batch 20."));
    load(testing::sampleRun(2, "fine", 20, 1.5));
    m_page->showRuns(2, {});
    QVERIFY(!child<QLabel>("failureText")->isVisible());
}

void TestWatchPage::renames()
{
    load(testing::sampleRun(1, "quick", 20, 1.5));
    m_page->showRuns(1, {});
    QSignalSpy renamed(m_page.get(), &WatchPage::renameRequested);
    QSignalSpy edited(m_page.get(), &WatchPage::editAsNewRequested);
    child<QAction>("renameAction")->trigger();
    auto* const edit = child<QLineEdit>("nameEdit");
    QVERIFY(edit->isVisible());
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("better"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(renamed[0][0].toLongLong(), 1);
    QCOMPARE(renamed[0][1].toString(), QStringLiteral("better"));
    QVERIFY(!edit->isVisible());
    child<QAction>("renameAction")->trigger();
    QTest::keyClicks(edit, QStringLiteral("no"));
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(renamed.count(), 1);
    child<QAction>("editAsNewAction")->trigger();
    QCOMPARE(edited.count(), 1);
}

void TestWatchPage::survivesRemovalAndReset()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    load(testing::sampleRun(2, "other", 400, 1.5));
    m_page->showRuns(1, { 1, 2 });
    m_page->grab();
    m_catalog->removeRun(2);
    QCOMPARE(child<PlotView>("lossChart")->content().curves.size(), std::size_t(2));
    m_page->grab();
    m_catalog->removeRun(1);
    QVERIFY(child<PlotView>("lossChart")->content().curves.empty());
    m_page->grab();
    load(testing::sampleRun(3, "third", 400, 1.5));
    m_page->showRuns(3, {});
    m_catalog->setRuns({});
    QVERIFY(child<PlotView>("lossChart")->content().curves.empty());
    m_page->grab();
}

void TestWatchPage::pagesUnderEveryTheme()
{
    load(testing::sampleRun(1, "quick", 400, 1.5));
    m_page->showRuns(1, {});
    const QColor light = child<PlotView>("lossChart")->content().curves[0].color;
    Theme::apply(*qApp, ThemeMode::Dark);
    QTRY_VERIFY(child<PlotView>("lossChart")->content().curves[0].color != light);
    const QImage image = child<PlotView>("lossChart")->grab().toImage();
    QCOMPARE(image.pixelColor(image.width() - 2, image.height() - 2), Theme::colors().panel);
    Theme::apply(*qApp, ThemeMode::Light);
    QTRY_COMPARE(child<PlotView>("lossChart")->content().curves[0].color, light);
}

QTEST_MAIN(TestWatchPage)
#include "tst_watch_page.moc"
