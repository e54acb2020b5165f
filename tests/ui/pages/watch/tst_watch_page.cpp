// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages/watch/watch_fixture.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/view/plot_view.h"
#include "ui/pages/watch/watch_table.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace nabiz;
using namespace nabiz::ui;

class TestWatchPage : public tests::WatchFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(open()); }
    void emptyPlaceSaysWhatMakesIt();
    void showsTheRun();
    void showsWhatThePeakIsMadeOf();
    void valuesUnderTheCursor();
    void followPill();
    void optionsReachTheChart();
    void liveRowsArrive();
    void changedFromParent();
    void samplesNewestFirst();
    void samplesOfWhatHasEnded();
    void factsLogAndCommand();
    void failureOnTop();
    void renames();
    void survivesRemovalAndReset();
    void pagesUnderEveryTheme();

private:
    QString cell(const QString& name)
    {
        for (const WatchRow& row : child<WatchTable>("cursorTable")->rows()) {
            if (row.name == name) {
                return row.value;
            }
        }
        return {};
    }
};

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

// One area at first; opened, the area under the peak in its parts, and their sizes in words.
void TestWatchPage::showsWhatThePeakIsMadeOf()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    storage::Series allocated = testing::column("memory.allocated", "bytes"),
                    peak = testing::column("memory.peak", "bytes");
    for (int batch = 0; batch < 400; ++batch) {
        testing::add(allocated, batch, 19e6);
        testing::add(peak, batch, 103.6e6);
    }
    run.series.push_back(allocated);
    run.series.push_back(peak);
    run.overview.summary.peakBytes = 103.6e6;
    run.overview.run.facts["memory.predicted"] = "102900000";
    run.overview.run.facts["memory.ledger"] = "language_weights=1600000 model_weights=5000000 gradients=5000000 "
                                              "optimizer=10000000 activations=80100000 autocast=0 workspace=1200000";
    load(run);
    m_page->showRuns(1, {});
    const PlotView& chart = *child<PlotView>("memoryChart");
    auto* const button = child<QToolButton>("ledgerButton");
    auto* const parts = child<QLabel>("ledgerParts");
    QVERIFY(button->isVisible() && !parts->isVisible());
    QVERIFY(chart.content().curves[0].filled && chart.content().curves[1].layers.empty());
    button->click();
    const PlotCurve& curve = chart.content().curves[1];
    QCOMPARE(curve.series->name(), std::string("memory.peak"));
    QVERIFY(curve.filled && !chart.content().curves[0].filled);
    QCOMPARE(curve.layers.size(), std::size_t(6)); // no copies of mixed precision
    QVERIFY(std::abs(curve.layers.back().upTo - 0.1029) < 1e-9);
    QVERIFY(parts->isVisible());
    QVERIFY2(parts->text().contains(QStringLiteral("80.1\u00a0MB")), qPrintable(parts->text()));
    QVERIFY2(parts->text().contains(QStringLiteral("700 kB more were taken (0.7")), qPrintable(parts->text()));
    // A run without one has nothing to open.
    load(testing::sampleRun(2, "other", 20, 1.5));
    m_page->showRuns(2, {});
    QVERIFY(!button->isVisible());
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
    QCOMPARE(plot->reader().cursorX(), std::optional(299.0));
    const double loss = 1.5 + 4 * std::exp(-299 / 60.0);
    QCOMPARE(QLocale().toDouble(cell(QStringLiteral("loss"))), std::round(loss * 1e4) / 1e4);
    QVERIFY(!cell(smoothingName(kUsualSmoothing)).isEmpty());
    QCOMPARE(QLocale().toDouble(cell(QStringLiteral("validation loss"))),
        std::round((loss + 0.1) * 1e4) / 1e4); // of batch 299 itself
    QCOMPARE(child<PlotView>("memoryChart")->reader().cursorX(), std::optional(299.0));
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
    QCOMPARE(plot->range().xRange().second, 750.0);
    QWheelEvent wheel(plot->plotArea().center(), plot->mapToGlobal(plot->plotArea().center()), {}, { 0, 120 },
        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot, &wheel);
    QVERIFY(!plot->range().isFollowing());
    QVERIFY(pill->text() != following);
    QVERIFY(!child<PlotView>("memoryChart")->range().isFollowing());
    QTest::mouseClick(pill, Qt::LeftButton);
    QVERIFY(plot->range().isFollowing());
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

// From its checkpoint, as the dialog asks; where there is none, nothing can be asked.
void TestWatchPage::samplesOfWhatHasEnded()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 120, 1.5);
    run.overview.run.source = "nabiz";
    run.overview.run.status = storage::RunStatus::Finished;
    load(run);
    m_page->showRuns(1, {});
    auto* const button = child<QPushButton>("sampleButton");
    QVERIFY(!button->isVisible());
    run.checkpoints = { { 119, "/there", 1 } };
    run.events.push_back({ .kind = "sample", .batch = 119, .message = "%1", .arguments = { "words", "Once", "0.5" } });
    load(run);
    m_page->showRuns(1, {});
    QVERIFY(button->isVisible());
    const auto labels = m_page->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text().contains(QStringLiteral("“Once”")) && label->text().contains(QStringLiteral("0.5"));
    }));
    QSignalSpy asked(m_page.get(), &WatchPage::sampleRequested), ordered(m_page.get(), &WatchPage::orderGiven);
    QTest::mouseClick(button, Qt::LeftButton);
    auto* const dialog = m_page->findChild<QDialog*>(QStringLiteral("sampleDialog"));
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("samplePromptEdit")), QStringLiteral("Once"));
    dialog->findChild<QSpinBox*>(QStringLiteral("sampleLengthBox"))->setValue(40);
    dialog->findChild<QDoubleSpinBox*>(QStringLiteral("sampleTemperatureBox"))->setValue(0.5);
    QTest::keyClick(dialog, Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
    const auto request = asked[0][0].value<SampleRequest>();
    QCOMPARE(request.run, 1);
    QCOMPARE(request.prompt, QStringLiteral("Once"));
    QCOMPARE(request.length, 40);
    QCOMPARE(request.temperature, 0.5);
    QCOMPARE(ordered.count(), 0);
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
    QSignalSpy asked(m_page.get(), &WatchPage::orderGiven);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<RunOrder>(), RunOrder::Sample);
    const auto places = [this] {
        QStringList texts;
        for (const QLabel* const label : m_page->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().startsWith(QStringLiteral("text of"))) {
                texts.append(QStringLiteral("%1 %2")
                                 .arg(label->mapTo(m_page.get(), QPoint()).y(), 5, 10, QLatin1Char('0'))
                                 .arg(label->text()));
            }
        }
        texts.sort();
        return texts;
    };
    QCoreApplication::processEvents();
    QCOMPARE(places().size(), 1); // those before are folded
    QVERIFY(places()[0].endsWith(QStringLiteral("text of 100 with a %1")));
    auto* const older = child<QToolButton>("olderSamplesButton");
    QVERIFY(older->isVisible() && older->text().contains(QLatin1Char('1')));
    older->setFocus();
    QTest::keyClick(older, Qt::Key_Space);
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
    QVERIFY(!child<QWidget>("commandText")->isVisible());
    QTest::mouseClick(child<QToolButton>("factsButton"), Qt::LeftButton);
    QVERIFY(child<QWidget>("commandText")->isVisible());
    QVERIFY(child<QPlainTextEdit>("appliedSettings")
                ->toPlainText()
                .contains(QString::fromUtf8("hardware.device  auto → cpu")));
    QVERIFY(!child<QPlainTextEdit>("appliedSettings")->toPlainText().contains(QStringLiteral("batch_size")));
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
    QVERIFY(child<QWidget>("failureText")->isVisible());
    QCOMPARE(child<QPlainTextEdit>("failureText")->toPlainText(), QStringLiteral("Out of memory at batch 20."));
    load(testing::sampleRun(2, "fine", 20, 1.5));
    m_page->showRuns(2, {});
    QVERIFY(!child<QWidget>("failureText")->isVisible());
}

void TestWatchPage::renames()
{
    load(testing::sampleRun(1, "quick", 20, 1.5));
    m_page->showRuns(1, {});
    QSignalSpy renamed(m_page.get(), &WatchPage::editRequested);
    QSignalSpy edited(m_page.get(), &WatchPage::editAsNewRequested);
    child<QAction>("renameAction")->trigger();
    auto* const edit = child<QLineEdit>("nameEdit");
    QVERIFY(edit->isVisible());
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("better"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(renamed[0][0].value<RunEdit>(), RunEdit::rename(1, QStringLiteral("better")));
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
