// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/pyramid.h"
#include "tests/storage/storage_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace nabiz::storage;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr std::int64_t kBatches = 21'000;

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

int count(const std::filesystem::path& file, const std::string& query)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    return database.execAndGet(query).getInt();
}

// loss at every batch (float32), rate at every batch (float64), val.loss at every 500th.
RunId record(Recorder& recorder, std::int64_t batches)
{
    const RunId run = addRun(recorder, "long", RunStatus::Running);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss", "rate", "val.loss" }));
    std::mt19937 random(5);
    std::normal_distribution<float> noise(1, 0.1F);
    for (std::int64_t batch = 0; batch < batches; ++batch) {
        const double loss = batch == 7 ? kNaN : batch == 9'000 ? kInf : batch == 12'345 ? 99.0 : double(noise(random));
        const auto rate = 1.0 / (1.0 + double(batch) / 3);
        if (batch % 500 == 499)
            append(*stream, batch, { loss, rate, loss / 2 });
        else
            append(*stream, batch, { loss, rate });
    }
    recorder.closeStream(run);
    return run;
}

void finish(Recorder& recorder, RunId run)
{
    recorder.setStatus(run, RunStatus::Finished);
    recorder.flush();
    recorder.flush(); // the pyramid is asked for when the end is committed
}

bool same(const std::optional<double>& a, const std::optional<double>& b)
{
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

// What is said of a metric in four numbers is what its rows say.
void compareFigures(const RunStore& store, RunId run)
{
    const auto all = store.figures(run);
    const auto metrics = store.metrics(run);
    QCOMPARE(all.size(), metrics.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        SeriesFigures rows;
        for (const double value : store.series(run, metrics[i]).value)
            rows.take(value);
        QCOMPARE(all[i].metric.name, metrics[i].name);
        QCOMPARE(all[i].points, rows.points);
        QVERIFY(same(all[i].first, rows.first) && same(all[i].last, rows.last));
        QVERIFY(same(all[i].least, rows.least) && same(all[i].greatest, rows.greatest));
    }
}

void compareWithRows(const RunStore& store, RunId run)
{
    compareFigures(store, run);
    for (const auto& metric : store.metrics(run)) {
        const Series rows = store.series(run, metric);
        const auto packed = store.packed(run, metric.name);
        QVERIFY(packed);
        QCOMPARE(packed->values.size(), rows.value.size());
        QCOMPARE(packed->x->size(), rows.value.size());
        for (std::size_t i = 0; i < rows.value.size(); ++i) {
            QVERIFY(same(packed->values[i], rows.value[i]));
            QCOMPARE(packed->x->batch(i), rows.batch[i]);
            QCOMPARE(packed->x->time(i), rows.time[i]);
        }
    }
}

} // namespace

class PyramidTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columnsKeepEveryValue();
    void columnsEqualTheRows();
    void previewHoldsTheExtremes();
    void figuresWithoutAPyramid();
    void shortRunsHaveNone();
    void isMadeAnewWhenItIsMissing();
    void interruptedRunGetsOne();
    void resumeDropsIt();
    void resumedRunLeavesSupersededOut();
    void equalAndFallingBatches();
    void deletedWithTheRun();
};

void PyramidTest::columnsKeepEveryValue()
{
    ValueColumn column;
    std::vector<double> values { 1, 0.5, kNaN, kInf, -kInf, 0.1F };
    for (const double value : values)
        column.append(value);
    QVERIFY(!column.isWide());
    for (const double value : { 0.1, 1e308, 1e-308, -0.0 }) {
        values.push_back(value);
        column.append(value);
    }
    QVERIFY(column.isWide());
    const ValueColumn whole(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        QVERIFY(same(column[i], values[i]));
        QVERIFY(same(whole[i], values[i]));
    }
}

void PyramidTest::columnsEqualTheRows()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, kBatches);
    finish(recorder, run);
    QVERIFY(count(folder.file(), "SELECT count(*) FROM pyramid WHERE level = 0") == 3);
    const RunStore store(folder.file());
    compareWithRows(store, run);
    const auto loss = store.packed(run, "loss");
    QVERIFY(!loss->values.isWide());
    QVERIFY(loss->x->isContiguous());
    QVERIFY(store.packed(run, "rate")->values.isWide());
    QCOMPARE(store.packed(run, "rate")->x.get(), loss->x.get()); // one column for both
    QVERIFY(!store.packed(run, "no.such"));
}

void PyramidTest::previewHoldsTheExtremes()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, kBatches);
    finish(recorder, run);
    const RunStore store(folder.file());
    const auto outline = store.outline(run);
    QVERIFY(outline);
    const auto whole = store.detail(run);
    for (std::size_t metric = 0; metric < whole->series.size(); ++metric) {
        const Series& all = whole->series[metric];
        const Series& some = outline->series[metric];
        QCOMPARE(some.batch.front(), all.batch.front()); // as far as the run goes, on both sides
        QCOMPARE(some.batch.back(), all.batch.back());
        QVERIFY(same(some.value.back(), all.value.back()));
        QCOMPARE(some.previewOf, all.value.size());
        std::size_t at = 0;
        for (std::size_t first = 0; first < all.value.size(); first += 16) {
            double low = kInf, high = -kInf;
            for (auto i = first; i < std::min(first + 16, all.value.size()); ++i) {
                if (std::isfinite(all.value[i])) {
                    low = std::min(low, all.value[i]);
                    high = std::max(high, all.value[i]);
                }
            }
            const auto points = low == high ? 1U : 2U;
            if (first == 0 && some.value[0] != low && some.value[0] != high)
                ++at; // the first point of all
            QVERIFY(at + points <= some.value.size());
            QCOMPARE(std::min(some.value[at], some.value[at + points - 1]), low);
            QCOMPARE(std::max(some.value[at], some.value[at + points - 1]), high);
            for (auto i = at; i < at + points; ++i)
                QVERIFY(i == 0 || some.batch[i] > some.batch[i - 1]);
            at += points;
        }
        QVERIFY(at == some.value.size() || at + 1 == some.value.size()); // and the last one
    }
}

void PyramidTest::figuresWithoutAPyramid()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = addRun(recorder, "resumed", RunStatus::Running);
    const auto record = [&](std::int64_t first, std::int64_t last, double value) {
        const auto stream = recorder.openStream(run, metricsNamed({ "loss", "val.loss", "never" }));
        for (auto batch = first; batch < last; ++batch)
            append(*stream, batch, batch == 3 ? std::vector { kNaN } : std::vector { value - double(batch), value });
        recorder.closeStream(run);
        recorder.flush();
        compareFigures(RunStore(folder.file()), run);
    };
    record(0, 100, 1000); // its lowest loss is superseded by what comes next
    QCOMPARE(RunStore(folder.file()).figures(run)[0].least, std::optional(901.0));
    record(50, 60, 2000);
    QCOMPARE(RunStore(folder.file()).figures(run)[0].least, std::optional(951.0));
    QCOMPARE(RunStore(folder.file()).figures(run)[0].points, std::size_t(60));
    QCOMPARE(RunStore(folder.file()).figures(run)[2].points, std::size_t(0));
}

void PyramidTest::shortRunsHaveNone()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, 600);
    finish(recorder, run);
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid"), 0);
    const RunStore store(folder.file());
    compareWithRows(store, run);
    QCOMPARE(store.outline(run)->series.front().previewOf, std::size_t(0));
    QCOMPARE(store.outline(run)->series.front().value.size(), std::size_t(600));
}

void PyramidTest::isMadeAnewWhenItIsMissing()
{
    const Folder folder;
    RunId run = 0;
    {
        Recorder recorder(folder.file());
        run = record(recorder, kBatches);
        recorder.setStatus(run, RunStatus::Finished);
    }
    {
        SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
        database.exec("DELETE FROM pyramid");
        database.exec("DELETE FROM pyramid_batch");
    }
    compareWithRows(RunStore(folder.file()), run);
    Recorder recorder(folder.file());
    QTRY_VERIFY(count(folder.file(), "SELECT count(*) FROM pyramid WHERE level = 0") == 3);
    compareWithRows(RunStore(folder.file()), run);
}

void PyramidTest::interruptedRunGetsOne()
{
    const Folder folder;
    RunId run = 0;
    {
        Recorder recorder(folder.file());
        run = record(recorder, kBatches);
    }
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid"), 0);
    {
        SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE run SET boot = 'another'"); // its process is gone
    }
    Recorder recorder(folder.file());
    QTRY_VERIFY(count(folder.file(), "SELECT count(*) FROM pyramid WHERE level = 0") == 3);
    const RunStore store(folder.file());
    QCOMPARE(store.run(run)->run.status, RunStatus::Interrupted);
    compareWithRows(store, run);
}

void PyramidTest::resumeDropsIt()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, kBatches);
    finish(recorder, run);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid"), 0);
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid_batch"), 0);
    recorder.closeStream(run);
}

void PyramidTest::resumedRunLeavesSupersededOut()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, kBatches);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss", "rate" }));
    for (std::int64_t batch = 20'500; batch < 22'000; ++batch)
        append(*stream, batch, { 5.0, 6.0 });
    recorder.closeStream(run);
    finish(recorder, run);
    const RunStore store(folder.file());
    QVERIFY(store.outline(run)->series.front().previewOf == 22'000);
    compareWithRows(store, run);
    QCOMPARE(store.packed(run, "loss")->values[20'500], 5.0);
}

void PyramidTest::equalAndFallingBatches()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = addRun(recorder, "odd", RunStatus::Running);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    for (std::int64_t i = 0; i < kBatches; ++i)
        append(*stream, i % 7 == 0 ? i / 2 : i, { double(i) }, double(i));
    recorder.closeStream(run);
    finish(recorder, run);
    const RunStore store(folder.file());
    QVERIFY(store.outline(run)->series.front().previewOf > 0);
    QVERIFY(!store.packed(run, "loss")->x->isContiguous());
    compareWithRows(store, run);
}

void PyramidTest::deletedWithTheRun()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId run = record(recorder, kBatches);
    finish(recorder, run);
    QVERIFY(count(folder.file(), "SELECT count(*) FROM pyramid") > 0);
    recorder.deleteRun(run);
    recorder.flush();
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid"), 0);
    QCOMPARE(count(folder.file(), "SELECT count(*) FROM pyramid_batch"), 0);
}

QTEST_GUILESS_MAIN(PyramidTest)
#include "tst_pyramid.moc"
