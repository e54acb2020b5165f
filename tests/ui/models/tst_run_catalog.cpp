// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/charts/sample_runs.h"
#include "ui/models/run_catalog.h"

#include <QSignalSpy>
#include <QTest>

using namespace nabiz;
using namespace nabiz::ui;

class TestRunCatalog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksOnce();
    void liveRowsReachSeriesAndSummary();
    void rowsKnownAlreadyAreLeftOut();
    void rowsThatComeWhileReadingAreKept();
    void recordDoesNotSetLiveFiguresBack();
    void detailIsReadAgainAfterPreparing();
    void seriesStayWhereTheyAre();
    void newestFirstAndGone();
    void eventsOnce();
    void previewIsDrawnUntilAllPointsCome();
    void wholeSeriesOutlivesAPreview();
    void resumedRunIsReadAgain();
    void whatWasGivenUpIsReadAgain();
    void letsGoOfWhatIsNotShown();
};

namespace {

const std::vector<storage::Metric> kMetrics { { 0, "loss", "nats" }, { 0, "val.loss", "nats" },
    { 0, "memory.process", "bytes" } };

storage::Row row(std::int64_t batch, double loss)
{
    storage::Row row;
    row.batch = batch;
    row.time = static_cast<double>(batch) * 0.5;
    row.count = 1;
    row.metric[0] = 0;
    row.value[0] = loss;
    return row;
}

storage::RunOverview live(storage::RunId id)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = "run";
    overview.run.status = storage::RunStatus::Running;
    return overview;
}

} // namespace

void TestRunCatalog::asksOnce()
{
    RunCatalog catalog;
    QSignalSpy wanted(&catalog, &RunCatalog::detailWanted);
    catalog.requireDetail(3);
    QCOMPARE(wanted.count(), 0); // unknown
    catalog.setRuns({ testing::sampleRun(3, "a", 10, 1).overview });
    catalog.requireDetail(3);
    catalog.requireDetail(3);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!catalog.detail(3));
    catalog.setDetail(testing::sampleRun(3, "a", 100, 1));
    catalog.requireDetail(3);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(catalog.series(3, "loss")->size(), std::size_t(100));
    QVERIFY(!catalog.series(3, "grad_norm"));
    QCOMPARE(catalog.detail(3)->parameter("hardware.device"), std::string("cpu"));
}

void TestRunCatalog::liveRowsReachSeriesAndSummary()
{
    RunCatalog catalog;
    catalog.putRun(live(1));
    storage::RunDetail detail;
    detail.overview = live(1);
    detail.parameters = { { "training.gradient_accumulation_steps", "4", "4" } };
    catalog.setDetail(detail);
    QSignalSpy appended(&catalog, &RunCatalog::pointsAppended);
    storage::Row both = row(1, 3.0);
    both.count = 3;
    both.metric[1] = 1;
    both.value[1] = 3.5;
    both.metric[2] = 2;
    both.value[2] = 5e8;
    catalog.appendRows(1, kMetrics, std::vector { row(0, 4.0), both, row(2, std::nan("")), row(3, 3.2), row(4, 3.4) });
    QCOMPARE(appended.count(), 1);
    const storage::Summary& summary = catalog.overview(1)->summary;
    QCOMPARE(summary.batches, std::int64_t(5));
    QCOMPARE(summary.steps, std::int64_t(2));
    QCOMPARE(summary.firstLoss, std::optional(4.0));
    QCOMPARE(summary.lastLoss, std::optional(3.4));
    QCOMPARE(summary.bestLoss, std::optional(3.0));
    QCOMPARE(summary.bestBatch, std::optional<std::int64_t>(1));
    QCOMPARE(summary.lastValLoss, std::optional(3.5));
    QCOMPARE(summary.peakBytes, std::optional(5e8));
    QCOMPARE(summary.nonFinite, std::int64_t(1));
    QVERIFY(!summary.meanLastLoss); // there are no twenty batches yet
    QCOMPARE(catalog.series(1, "loss")->size(), std::size_t(5));
    QVERIFY(std::isnan(catalog.series(1, "loss")->value(2)));
    QCOMPARE(catalog.series(1, "val.loss")->batch(0), 1.0);
}

void TestRunCatalog::rowsKnownAlreadyAreLeftOut()
{
    RunCatalog catalog;
    catalog.putRun(testing::sampleRun(1, "a", 100, 1).overview);
    catalog.setDetail(testing::sampleRun(1, "a", 100, 1));
    std::vector<storage::Row> rows;
    for (int batch = 90; batch < 110; ++batch) {
        rows.push_back(row(batch, 2));
    }
    catalog.appendRows(1, kMetrics, rows);
    const RunSeries& loss = *catalog.series(1, "loss");
    QCOMPARE(loss.size(), std::size_t(110));
    for (std::size_t i = 0; i < loss.size(); ++i) {
        QCOMPARE(loss.batch(i), static_cast<double>(i));
    }
}

void TestRunCatalog::rowsThatComeWhileReadingAreKept()
{
    RunCatalog catalog;
    catalog.putRun(testing::sampleRun(1, "a", 100, 1).overview);
    catalog.appendRows(1, kMetrics, std::vector { row(100, 2.0) }); // before it is asked for: comes with the detail
    catalog.requireDetail(1);
    catalog.appendRows(1, kMetrics, std::vector { row(100, 2.0), row(101, 1.9) });
    catalog.setDetail(testing::sampleRun(1, "a", 101, 1)); // read between the two rows
    QCOMPARE(catalog.series(1, "loss")->size(), std::size_t(102));
    QCOMPARE(catalog.series(1, "loss")->value(101), 1.9);
    QCOMPARE(catalog.overview(1)->summary.batches, std::int64_t(102));
}

void TestRunCatalog::recordDoesNotSetLiveFiguresBack()
{
    RunCatalog catalog;
    catalog.putRun(live(1));
    catalog.appendRows(1, kMetrics, std::vector { row(0, 4.0), row(1, 3.0) });
    storage::RunOverview older = live(1);
    older.run.name = "renamed";
    older.summary.batches = 1;
    older.summary.lastLoss = 4.0;
    catalog.putRun(older);
    QCOMPARE(catalog.overview(1)->run.name, std::string("renamed"));
    QCOMPARE(catalog.overview(1)->summary.lastLoss, std::optional(3.0));
}

void TestRunCatalog::detailIsReadAgainAfterPreparing()
{
    RunCatalog catalog;
    storage::RunOverview run = live(1);
    run.run.status = storage::RunStatus::Preparing;
    catalog.putRun(run);
    storage::RunDetail detail;
    detail.overview = run;
    detail.parameters = { { "hardware.device", "auto", "" } };
    catalog.setDetail(detail);
    QCOMPARE(catalog.detail(1)->parameter("hardware.device"), std::string("auto"));
    QSignalSpy wanted(&catalog, &RunCatalog::detailWanted);
    run.run.status = storage::RunStatus::Running;
    catalog.putRun(run);
    QCOMPARE(wanted.count(), 1);
    // A status that is newer than what was read with the points stays.
    run.run.status = storage::RunStatus::Finished;
    catalog.putRun(run);
    detail.parameters = { { "hardware.device", "auto", "cpu" } };
    catalog.setDetail(detail);
    QCOMPARE(catalog.detail(1)->parameter("hardware.device"), std::string("cpu"));
    QVERIFY(catalog.overview(1)->run.status == storage::RunStatus::Finished);
}

void TestRunCatalog::seriesStayWhereTheyAre()
{
    RunCatalog catalog;
    catalog.putRun(testing::sampleRun(1, "a", 100, 1).overview);
    catalog.setDetail(testing::sampleRun(1, "a", 100, 1));
    const RunSeries* const before = catalog.series(1, "loss");
    catalog.appendRows(1, kMetrics, std::vector { row(100, 2.0) });
    catalog.setDetail(testing::sampleRun(1, "a", 100, 1));
    QCOMPARE(catalog.series(1, "loss"), before);
    QCOMPARE(before->size(), std::size_t(101));
}

void TestRunCatalog::newestFirstAndGone()
{
    RunCatalog catalog;
    for (const storage::RunId id : { 2, 5, 3 }) {
        catalog.putRun(live(id));
    }
    QCOMPARE(catalog.runs().size(), std::size_t(3));
    QCOMPARE(catalog.runs()[0].run.id, storage::RunId(5));
    QCOMPARE(catalog.runs()[2].run.id, storage::RunId(2));
    QSignalSpy removed(&catalog, &RunCatalog::runRemoved);
    catalog.removeRun(5);
    catalog.removeRun(77);
    QCOMPARE(removed.count(), 1);
    QVERIFY(!catalog.overview(5));
    catalog.setDetail(testing::sampleRun(5, "late", 10, 1)); // was being read when it was deleted
    QVERIFY(!catalog.detail(5));
}

void TestRunCatalog::eventsOnce()
{
    RunCatalog catalog;
    catalog.putRun(live(1));
    storage::Event event;
    event.kind = "sample";
    event.batch = 4;
    event.time = 123;
    event.text = "bir";
    storage::RunDetail detail;
    detail.overview = live(1);
    catalog.requireDetail(1);
    catalog.appendEvent(1, event);
    detail.events = { event };
    detail.events[0].id = 9;
    catalog.setDetail(detail);
    QCOMPARE(catalog.detail(1)->events.size(), std::size_t(1));
    QSignalSpy appended(&catalog, &RunCatalog::eventAppended);
    catalog.appendEvent(1, event);
    event.batch = 8;
    catalog.appendEvent(1, event);
    QCOMPARE(appended.count(), 1);
    QCOMPARE(catalog.detail(1)->events.size(), std::size_t(2));
}

namespace {

storage::RunDetail previewed(storage::RunId id)
{
    storage::RunDetail detail = testing::sampleRun(id, "long", 100, 1);
    for (storage::Series& series : detail.series) {
        series.previewOf = 1000;
    }
    return detail;
}

std::shared_ptr<RunSeries> wholeLoss()
{
    auto series = std::make_shared<RunSeries>("loss", "nats");
    for (int batch = 0; batch < 1000; ++batch) {
        series->append(batch, batch * 0.5, 1);
    }
    return series;
}

} // namespace

void TestRunCatalog::previewIsDrawnUntilAllPointsCome()
{
    RunCatalog catalog;
    catalog.putRun(previewed(1).overview);
    catalog.setDetail(previewed(1));
    const RunDetail* const detail = catalog.detail(1);
    QVERIFY(!detail->find("loss")); // nothing may be computed from it
    QVERIFY(detail->drawable("loss")->isPreview());
    QCOMPARE(detail->drawable("loss")->total(), std::size_t(1000));
    QSignalSpy wanted(&catalog, &RunCatalog::seriesWanted);
    QSignalSpy loaded(&catalog, &RunCatalog::detailLoaded);
    catalog.requireWhole(1, "loss");
    catalog.requireWhole(1, "loss");
    catalog.requireWhole(1, "no.such");
    QCOMPARE(wanted.count(), 1);
    catalog.setSeries(1, wholeLoss());
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(catalog.detail(1)->find("loss")->size(), std::size_t(1000));
    catalog.requireWhole(1, "loss");
    QCOMPARE(wanted.count(), 1);
    catalog.setSeries(7, wholeLoss()); // of a run that is gone
}

// Three runs of 1.2 million points, looked at one after another.
void TestRunCatalog::letsGoOfWhatIsNotShown()
{
    RunCatalog catalog;
    QSignalSpy wanted(&catalog, &RunCatalog::detailWanted);
    for (const storage::RunId run : { 1, 2, 3 }) {
        storage::RunDetail detail { live(run), {}, {}, {}, {} };
        detail.overview.run.status = storage::RunStatus::Finished;
        const std::vector<double> column(1'200'000, 1.0);
        detail.series.push_back({ kMetrics[0], column, column, column });
        catalog.putRun(detail.overview);
        catalog.setDetail(std::move(detail));
    }
    catalog.keepDetails({ 1, 2, 3 }); // all are drawn
    QVERIFY(catalog.detail(1) && catalog.detail(2) && catalog.detail(3));
    catalog.keepDetails({ 1 });
    QVERIFY(catalog.detail(1) && catalog.detail(2) && !catalog.detail(3)); // one is kept to go back to
    catalog.keepDetails({ 2 });
    QVERIFY(catalog.detail(1) && catalog.detail(2));
    wanted.clear();
    catalog.requireDetail(3);
    QCOMPARE(wanted.count(), 1);
    // A live one stays: its points come now.
    catalog.putRun(live(4));
    catalog.setDetail({ live(4), {}, {}, {}, {} });
    catalog.keepDetails({ 4 });
    catalog.keepDetails({ 1, 2 });
    QVERIFY(catalog.detail(4));
}

void TestRunCatalog::wholeSeriesOutlivesAPreview()
{
    RunCatalog catalog;
    catalog.putRun(previewed(1).overview);
    catalog.setDetail(previewed(1));
    catalog.setSeries(1, wholeLoss());
    const RunSeries* const whole = catalog.detail(1)->find("loss");
    catalog.setDetail(previewed(1)); // read again, as when the run has ended
    QCOMPARE(catalog.detail(1)->find("loss"), whole);
}

void TestRunCatalog::resumedRunIsReadAgain()
{
    RunCatalog catalog;
    catalog.putRun(previewed(1).overview);
    catalog.setDetail(previewed(1));
    QSignalSpy wanted(&catalog, &RunCatalog::detailWanted);
    storage::RunOverview resumed = previewed(1).overview;
    resumed.run.status = storage::RunStatus::Running;
    catalog.putRun(resumed);
    QCOMPARE(wanted.count(), 1);
    catalog.appendRows(1, kMetrics, std::vector { row(1000, 2.0) });
    QCOMPARE(catalog.detail(1)->drawable("loss")->size(), std::size_t(100)); // a preview does not grow
    storage::RunDetail rows = testing::sampleRun(1, "long", 1000, 1);
    rows.overview = resumed;
    catalog.setDetail(rows);
    QCOMPARE(catalog.detail(1)->find("loss")->size(), std::size_t(1001));
}

// Of 100 batches the last 20 were given up: the run went on behind batch 79, 30 seconds later by its own time.
void TestRunCatalog::whatWasGivenUpIsReadAgain()
{
    RunCatalog catalog;
    storage::RunOverview run = live(1);
    catalog.putRun(run);
    catalog.setDetail(testing::sampleRun(1, "a", 100, 1));
    QSignalSpy wanted(&catalog, &RunCatalog::detailWanted);
    storage::Row again = row(80, 2.5);
    again.time += 30;
    catalog.appendRows(1, kMetrics, std::vector { again });
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(catalog.detail(1)->find("loss")->size(), std::size_t(100)); // as it was until that is there
    catalog.setDetail(testing::sampleRun(1, "a", 80, 1)); // read just before the batch was stored
    QCOMPARE(catalog.detail(1)->find("loss")->size(), std::size_t(81));
    QCOMPARE(catalog.detail(1)->find("loss")->value(80), 2.5);
    QCOMPARE(wanted.count(), 1);
    // Read before the segment began: read once more.
    again.batch = 81;
    again.time = 41.5 + 30;
    run.run.status = storage::RunStatus::Stopped;
    catalog.putRun(run);
    QCOMPARE(wanted.count(), 2);
    catalog.appendRows(1, kMetrics, std::vector { again });
    catalog.setDetail(testing::sampleRun(1, "a", 100, 1));
    QCOMPARE(wanted.count(), 3);
    run.summary.batches = 82;
    catalog.putRun(run);
    QCOMPARE(catalog.overview(1)->summary.batches, std::int64_t(82)); // fewer than it had once
}

QTEST_GUILESS_MAIN(TestRunCatalog)
#include "tst_run_catalog.moc"
