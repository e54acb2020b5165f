// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where on Watch, and stays there: facts, the line over the charts, axes, marks, the place under the
// cursor.
#include "tests/ui/pages/watch/watch_fixture.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_colors.h"
#include "ui/pages/watch/watch_table.h"
#include "ui/widgets/elided_label.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace nabiz;
using namespace nabiz::ui;

class TestWatchLayout : public tests::WatchFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(open()); }
    void factsAreWhole();
    void aLongNameLeavesTheToolsWhole();
    void nothingMovesWhenFollowingEnds();
    void theAxisIsUnderTheLowestChart();
    void marksComeWhenTheyHappen();
    void cursorPinsAndTableAreOfOneBatch();
    void aLongAverageReachesTheCard();
    void onlyWhatIsLookedAtIsRead();
    void shownRunsHaveColoursOfTheirOwn();
    void checkpointsAreListed();
};

void TestWatchLayout::factsAreWhole()
{
    const QString hash = QStringLiteral("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    storage::RunDetail run = testing::sampleRun(1, "quick", 100, 1.5);
    run.overview.run.facts["data.hash"] = hash.toStdString();
    run.overview.run.facts["cpu"] = "Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz";
    run.overview.run.facts["memory.total"] = "16000000000";
    run.overview.run.facts["model.trained_parameters"] = "12345678";
    run.overview.run.facts["somebody's own " + std::string(300, 'k')] = std::string(300, 'v');
    load(run);
    m_page->showRuns(1, {});
    auto* const button = child<QToolButton>("factsButton");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCoreApplication::processEvents();
    auto* const area = child<QScrollArea>("cardsArea");
    QVERIFY(area->widget()->width() <= area->viewport()->width());
    auto* const table = child<WatchTable>("factsTable");
    auto* const grid = qobject_cast<QGridLayout*>(table->layout());
    bool hashSeen = false;
    for (int row = 0; row < static_cast<int>(table->rows().size()); ++row) {
        auto* const name = qobject_cast<QLabel*>(grid->itemAtPosition(2 * row, 0)->widget());
        auto* const value = qobject_cast<QLabel*>(grid->itemAtPosition(2 * row, 1)->widget());
        QVERIFY2(!name->text().contains(QChar(0x2026)), qPrintable(name->text()));
        QTRY_VERIFY2(name->heightForWidth(name->width()) <= name->height(),
            qPrintable(QStringLiteral("%1 %2 %3")
                           .arg(name->text())
                           .arg(name->height())
                           .arg(name->heightForWidth(name->width()))));
        QVERIFY(table->rect().contains(value->geometry()));
        if (auto* const word = qobject_cast<ElidedLabel*>(value)) {
            QVERIFY(word->text().contains(QChar(0x2026)) && word->toolTip() == word->fullText());
            if (word->fullText() != hash) {
                continue;
            }
            hashSeen = true;
            word->setFocus();
            QTest::keyClick(word, Qt::Key_C, Qt::ControlModifier);
            QTRY_COMPARE(QGuiApplication::clipboard()->text(), hash);
        } else {
            QVERIFY2(value->heightForWidth(value->width()) <= value->height(), qPrintable(value->text()));
        }
    }
    QVERIFY(hashSeen);
}

void TestWatchLayout::aLongNameLeavesTheToolsWhole()
{
    storage::RunDetail run = testing::sampleRun(1, std::string(300, 'w'), 100, 1.5);
    run.overview.run.why = std::string(300, 'y');
    load(run);
    m_page->showRuns(1, {});
    for (const int width : { 744, 1152, 2300 }) {
        m_page->resize(width, 700);
        QCoreApplication::processEvents();
        QCOMPARE(m_page->width(), width);
        for (const char* const name : { "xUnitBox", "smoothingBox" }) {
            auto* const box = child<QComboBox>(name);
            QVERIFY2(box->width() >= box->sizeHint().width(), name);
            QVERIFY(m_page->rect().contains(QRect(box->mapTo(m_page.get(), QPoint()), box->size())));
        }
        auto* const pill = child<QPushButton>("followButton");
        QVERIFY(m_page->rect().contains(QRect(pill->mapTo(m_page.get(), QPoint()), pill->size())));
        QVERIFY(child<QLabel>("runName")->width() > 60);
    }
}

void TestWatchLayout::nothingMovesWhenFollowingEnds()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 400, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    run.overview.run.plannedBatches = 750;
    load(run);
    m_page->showRuns(1, {});
    QCoreApplication::processEvents();
    auto* const plot = child<PlotView>("lossChart");
    const auto places = [this] {
        QCoreApplication::processEvents();
        QList<QRect> result;
        for (const char* const name : { "xUnitBox", "logButton", "smoothingBox", "viewButton" }) {
            auto* const widget = child<QWidget>(name);
            result.append(QRect(widget->mapTo(m_page.get(), QPoint()), widget->size()));
        }
        return result;
    };
    const QList<QRect> before = places();
    plot->range().setXRange(10, 50);
    QVERIFY(!plot->range().isFollowing());
    QCOMPARE(places(), before);
    run.overview.run.status = storage::RunStatus::Finished;
    m_catalog->putRun(run.overview);
    QCOMPARE(places(), before);
    plot->range().follow();
    QVERIFY(!child<QPushButton>("followButton")->isVisible());
    QCOMPARE(places(), before);
}

void TestWatchLayout::theAxisIsUnderTheLowestChart()
{
    load(testing::sampleRun(1, "quick", 100, 1.5));
    storage::RunDetail bare = testing::sampleRun(2, "imported", 100, 1.5);
    bare.series.pop_back(); // its memory
    load(bare);
    m_page->showRuns(1, {});
    auto* const loss = child<PlotView>("lossChart");
    QVERIFY(!loss->content().showXAxis && child<PlotView>("memoryChart")->content().showXAxis);
    m_page->showRuns(2, {});
    QVERIFY(loss->content().showXAxis);
}

void TestWatchLayout::marksComeWhenTheyHappen()
{
    storage::RunDetail run = testing::sampleRun(1, "quick", 100, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    load(run);
    m_page->showRuns(1, {});
    auto* const loss = child<PlotView>("lossChart");
    QVERIFY(loss->content().marks.empty());
    m_catalog->setCheckpoints(1, { { 50, "folder", 1000 } });
    QTRY_COMPARE(loss->content().marks.size(), std::size_t(1));
    QVERIFY(loss->content().marks[0].kind == MarkKind::Checkpoint);
    storage::Event event;
    event.kind = "evaluation";
    event.batch = 60;
    m_catalog->appendEvent(1, event);
    QTRY_COMPARE(loss->content().marks.size(), std::size_t(2));
    QVERIFY(loss->content().marks[1].kind == MarkKind::Evaluation);
}

// The mouse points between two batches: all speak of the one before.
void TestWatchLayout::cursorPinsAndTableAreOfOneBatch()
{
    storage::RunDetail run = testing::sampleRun(1, "sparse", 1, 1.5);
    run.series.clear();
    run.series.push_back(testing::column("loss", "nats"));
    run.series.push_back(testing::column("val.loss", "nats"));
    for (int batch = 0; batch <= 100; batch += 10) {
        testing::add(run.series[0], batch, 5 - 0.01 * batch);
    }
    testing::add(run.series[1], 20, 4.5);
    load(run);
    m_page->showRuns(1, {});
    QCoreApplication::processEvents();
    auto* const plot = child<PlotView>("lossChart");
    const QRectF area = plot->plotArea();
    const auto [from, to] = plot->range().xRange();
    const QPoint at(static_cast<int>(area.left() + area.width() * (56 - from) / (to - from)), 60);
    QTest::mouseMove(plot, at);
    QTRY_VERIFY(plot->reader().cursorX());
    QCOMPARE(*plot->reader().cursorX(), 50.0);
    QTest::keyClick(plot, Qt::Key_A);
    QCOMPARE(plot->reader().pin(0), std::optional(50.0));
    QVERIFY(child<QLabel>("pinsTitle")->text().contains(QStringLiteral("50")));
    QVERIFY(!child<QLabel>("pinsTitle")->text().contains(QStringLiteral("55")));
    const std::vector<WatchRow>& rows = child<WatchTable>("cursorTable")->rows();
    QCOMPARE(rows[0].value, QLocale().toString(4.5, 'f', 4));
    QVERIFY2(rows.back().name.contains(QStringLiteral("20")), qPrintable(rows.back().name)); // an older evaluation
}

// It takes more than one drawing to compute.
void TestWatchLayout::aLongAverageReachesTheCard()
{
    storage::RunDetail run = testing::sampleRun(1, "long", 1, 1.5);
    run.series = { testing::column("loss", "nats") };
    for (int batch = 0; batch < 1'500'000; ++batch) {
        testing::add(run.series[0], batch, 2);
    }
    load(run);
    m_page->showRuns(1, {});
    const auto row = [this] { return child<WatchTable>("cursorTable")->rows().at(1); };
    QCOMPARE(row().name, smoothingName(kUsualSmoothing));
    QTRY_COMPARE(row().value, QLocale().toString(2.0, 'f', 4));
}

// Of a stored run of millions: the loss, whose average is one of all points. The rest when somebody looks into it.
void TestWatchLayout::onlyWhatIsLookedAtIsRead()
{
    storage::RunDetail run = testing::sampleRun(1, "long", 400, 1.5);
    for (storage::Series& series : run.series) {
        series.previewOf = 5'000'000;
    }
    QSignalSpy wanted(m_catalog.get(), &RunCatalog::seriesWanted);
    load(run);
    m_page->showRuns(1, {});
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][1].value<std::string>(), std::string("loss"));
    child<PlotView>("lossChart")->range().setXRange(10, 20);
    std::set<std::string> metrics;
    for (const QList<QVariant>& one : wanted) {
        metrics.insert(one[1].value<std::string>());
    }
    QCOMPARE(metrics, (std::set<std::string> { "loss", "val.loss", "memory.process" }));
    QCOMPARE(wanted.count(), 3);
}

void TestWatchLayout::shownRunsHaveColoursOfTheirOwn()
{
    const auto colors = [](const std::vector<storage::RunId>& runs) {
        std::set<QRgb> all;
        for (const storage::RunId run : runs) {
            all.insert(Theme::seriesColor(RunColors::number(run), false).rgb());
        }
        return all.size();
    };
    RunColors::show({ 7, 1 });
    const int seven = RunColors::number(7);
    QCOMPARE(colors({ 1, 7 }), std::size_t(2));
    RunColors::show({ 7, 13, 19, 25, 2 });
    QCOMPARE(RunColors::number(7), seven); // as long as it is shown
    QCOMPARE(colors({ 7, 13, 19, 25, 2 }), std::size_t(5));
    std::vector<storage::RunId> many;
    for (int i = 0; i < Theme::kSeriesColors; ++i) {
        many.push_back(6 * i);
    }
    RunColors::show(many);
    QCOMPARE(colors(many), many.size());
    // By hand: it keeps that one, and whoever had it gives way.
    RunColors::choose(7, 3);
    RunColors::show({ 3, 7, 9 });
    QCOMPARE(RunColors::number(7), 3);
    QVERIFY(RunColors::number(3) != 3 && RunColors::number(9) != 3);
    RunColors::choose(7, std::nullopt);
    QVERIFY(RunColors::chosen().empty());
    RunColors::show({});
}

void TestWatchLayout::checkpointsAreListed()
{
    QTemporaryDir folder;
    storage::RunDetail run = testing::sampleRun(1, "quick", 60, 1.5);
    run.overview.summary.bestValLoss = 1.4;
    run.overview.summary.bestValBatch = 29;
    for (const int batch : { 9, 29, 59 }) {
        const QString place = folder.filePath(QStringLiteral("batch-%1").arg(batch));
        QVERIFY(batch == 9 || QDir().mkpath(place)); // the first was removed
        run.checkpoints.push_back({ batch, place.toStdString(), 12'000'000 });
    }
    load(run);
    m_page->showRuns(1, {});
    auto* const fold = child<QToolButton>("checkpointsButton");
    QCOMPARE(fold->text(), QStringLiteral("Checkpoints (3)"));
    fold->setFocus();
    QTest::keyClick(fold, Qt::Key_Space);
    QStringList texts;
    for (const QLabel* label : fold->parentWidget()->findChildren<QLabel*>())
        texts << label->text();
    QVERIFY2(texts.contains(QStringLiteral("batch 29 ★ best")), qPrintable(texts.join(u'|')));
    QVERIFY2(texts.contains(QStringLiteral("batch 59")), qPrintable(texts.join(u'|')));
    QVERIFY(!child<QPushButton>("checkpoint9StartButton")->isEnabled());
    QCoreApplication::sendPostedEvents();
    const auto* const column = child<QScrollArea>("cardsArea"); // a row too wide cut the whole column
    QVERIFY2(column->widget()->width() <= column->viewport()->width(),
        qPrintable(QStringLiteral("%1 of %2").arg(column->widget()->width()).arg(column->viewport()->width())));
    QSignalSpy asked(m_page.get(), &PageWidget::changeRequested);
    QTest::mouseClick(child<QPushButton>("checkpoint29StartButton"), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    const auto changes = asked[0][1].value<Changes>();
    QCOMPARE(changes.size(), std::size_t(1));
    QCOMPARE(changes[0].first, std::string("model.init"));
    QCOMPARE(std::get<std::string>(changes[0].second),
        folder.filePath(QStringLiteral("batch-29/model.safetensors")).toStdString());
    auto* const start = child<QPushButton>("checkpoint59StartButton");
    start->setFocus();
    m_catalog->setCheckpoints(1, run.checkpoints); // as they were: what has the focus stays
    QTest::qWait(0);
    QVERIFY(start->hasFocus());
    run.checkpoints.clear();
    m_catalog->setCheckpoints(1, run.checkpoints);
    QTRY_VERIFY(!fold->isVisible());
}

QTEST_MAIN(TestWatchLayout)
#include "tst_watch_layout.moc"
