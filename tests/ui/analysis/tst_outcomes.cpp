// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/analysis/sample_points.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/outcomes.h"
#include "ui/analysis/sample_texts.h"
#include "ui/analysis/stored_comparison.h"
#include "ui/analysis/verdict.h"

#include <QTest>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;
using testing::SampleRun;

class TestOutcomes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void speedUpByValidation();
    void speedUpByMeans();
    void neverReached();
    void equalFooting();
    void equalMemory();
    void bestAndChange();
    void groupsHaveMeans();
    void verdictOfSingleRuns();
    void verdictOfGroups();
    void whoCounts();
    void strongest();
    void sparseReference();
    void otherTextsAreNotCompared_data();
    void otherTextsAreNotCompared();
    void otherSamplesAre();
    void badRuns();
    void storedRuns();
    void nearestSamples();

private:
    static const OutcomeRow* find(const std::vector<OutcomeRow>& rows, Outcome outcome)
    {
        const auto found = std::find_if(
            rows.begin(), rows.end(), [outcome](const OutcomeRow& row) { return row.outcome == outcome; });
        return found == rows.end() ? nullptr : &*found;
    }
};

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void evaluate(SampleRun& run, std::initializer_list<double> losses)
{
    for (const double loss : losses) { // every 10 batches, 2 batches a second
        const double batch = static_cast<double>(run.validation.size()) * 10 + 9;
        run.validation.addAt(batch, (batch + 1) / 2, loss);
        run.overview.summary.lastValLoss = loss;
    }
}

} // namespace

void TestOutcomes::speedUpByValidation()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    evaluate(a, { 3, 2.5, 2, 1.7, 1.9 }); // best 1.7 at batch 39, the 40th
    evaluate(b, { 2, 1.6, 1.65 }); // there at batch 19, the 20th
    const auto entries = std::vector { a.entry(), b.entry() };
    QVERIFY(basisOf(entries) == LossBasis::Validation);
    const auto speed = speedUp(entries[0], entries[1], LossBasis::Validation);
    QCOMPARE(speed->target, 1.7);
    QCOMPARE(speed->reached->batch, 19.0);
    QCOMPARE(speed->batches, 2.0);
    QCOMPARE(speed->time, 2.0);
    const auto rows = outcomeRows(entries);
    const OutcomeRow* const reached = find(rows, Outcome::ReachedBatch);
    QCOMPARE(reached->at, 1.7);
    QCOMPARE(reached->values[0].value, std::optional(39.0));
    QCOMPARE(reached->values[1].value, std::optional(19.0));
    QCOMPARE(reached->values[1].sooner, 2.0);
    QCOMPARE(reached->best, std::optional<std::size_t>(1));
    QCOMPARE(find(rows, Outcome::ReachedTime)->values[1].value, std::optional(10.0));
}

void TestOutcomes::speedUpByMeans()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    for (int i = 0; i < 100; ++i) {
        a.loss.add(100 - i);
        b.loss.add(i == 3 ? -500 : 100 - 2 * i); // one lucky batch
    }
    const auto entries = std::vector { a.entry(), b.entry() };
    QVERIFY(basisOf(entries) == LossBasis::MeanOfLast);
    const auto speed = speedUp(entries[0], entries[1], LossBasis::MeanOfLast);
    QCOMPARE(speed->target, 10.5); // the mean of 1 … 20
    // While the lucky batch is in the window, to batch 22, the mean is at most 100 − 2 · 9.5 − 594/20.
    QCOMPARE(speed->reached->batch, 55.0); // mean of 100 − 2 i over i = 36 … 55 is 9
}

void TestOutcomes::neverReached()
{
    SampleRun a(1, "a", 1), b(2, "b", 1), none(3, "none", 1);
    evaluate(a, { 2, 1 });
    evaluate(b, { 3, 2 });
    const auto speed = speedUp(a.entry(), b.entry(), LossBasis::Validation);
    QVERIFY(speed && !speed->reached);
    QCOMPARE(speed->batches, 0.0);
    QVERIFY(!speedUp(none.entry(), b.entry(), LossBasis::Validation));
    QVERIFY(!speedUp(a.entry(), none.entry(), LossBasis::Validation));
    const auto verdict = verdictOn({ a.entry(), b.entry() }, 1);
    QVERIFY(verdict->reverse && verdict->reverse->reached);
    QCOMPARE(verdict->reverse->batches, 2.0);
}

void TestOutcomes::equalFooting()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    evaluate(a, { 5, 4, 3, 2, 1 });
    evaluate(b, { 4.5, 3.5 });
    b.validation.addAt(29, 100, 0.5); // a slow third
    const auto rows = outcomeRows({ a.entry(), b.entry() });
    const OutcomeRow* const batch = find(rows, Outcome::AtEqualBatch);
    QCOMPARE(batch->at, 29.0);
    QCOMPARE(batch->values[0].value, std::optional(3.0));
    QCOMPARE(batch->values[1].value, std::optional(0.5));
    const OutcomeRow* const time = find(rows, Outcome::AtEqualTime);
    QCOMPARE(time->at, 25.0);
    QCOMPARE(time->values[0].value, std::optional(1.0));
    QCOMPARE(time->values[1].value, std::optional(3.5));
    QCOMPARE(time->best, std::optional<std::size_t>(0));
}

void TestOutcomes::equalMemory()
{
    SampleRun small(1, "small", 1), grows(2, "grows", 1), large(3, "large", 1);
    evaluate(small, { 5, 4 });
    evaluate(grows, { 3, 2 });
    evaluate(large, { 2, 1 });
    for (int i = 0; i < 20; ++i) {
        small.memory.add(100);
        grows.memory.add(i < 15 ? 101 : 200); // above the smallest from batch 15
        large.memory.add(300);
    }
    small.overview.summary.peakBytes = 100;
    grows.overview.summary.peakBytes = 200;
    large.overview.summary.peakBytes = 300;
    const auto rows = outcomeRows({ small.entry(), grows.entry(), large.entry() });
    const OutcomeRow* const row = find(rows, Outcome::AtEqualMemory);
    QCOMPARE(row->at, 100.0);
    QCOMPARE(row->values[0].value, std::optional(4.0));
    QCOMPARE(row->values[1].value, std::optional(3.0));
    QVERIFY(!row->values[2].value);
}

void TestOutcomes::bestAndChange()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    a.overview.summary.tokensPerSecond = 100;
    b.overview.summary.tokensPerSecond = 200;
    a.overview.summary.bestLoss = 2;
    b.overview.summary.bestLoss = kNaN;
    a.overview.summary.batches = b.overview.summary.batches = 10;
    const auto rows = outcomeRows({ a.entry(), b.entry() });
    QCOMPARE(find(rows, Outcome::TokensPerSecond)->best, std::optional<std::size_t>(1));
    QVERIFY(!find(rows, Outcome::LowestLoss)->best); // nothing to be better than
    QVERIFY(!find(rows, Outcome::Batches)->best);
    QVERIFY(!find(rows, Outcome::BestValLoss));
    QVERIFY(!changeFrom(std::nullopt, 1.0) && !changeFrom(0.0, 1.0) && !changeFrom(1.0, kNaN));
    QCOMPARE(changeFrom(2.0, 1.5), std::optional(-0.25));
    QVERIFY(outcomeRows({}).empty());
}

void TestOutcomes::groupsHaveMeans()
{
    SampleRun a(1, "a", 1), b(2, "b", 2), c(3, "c", 1);
    evaluate(a, { 3, 1 });
    evaluate(b, { 4, 2 });
    evaluate(c, { 4, 3 });
    const auto rows = outcomeRows({ c.entry(), { "group", { a.run(), b.run() }, {}, {} } });
    const OutcomeRow* const last = find(rows, Outcome::LastValLoss);
    QCOMPARE(last->values[1].value, std::optional(1.5));
    QVERIFY(std::abs(last->values[1].spread - std::sqrt(0.5)) < 1e-12);
    QVERIFY(!last->values[1].batch);
}

void TestOutcomes::verdictOfSingleRuns()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    evaluate(a, { 3, 2 });
    evaluate(b, { 2, 1 });
    const auto verdict = verdictOn({ a.entry(), b.entry() }, 1);
    QVERIFY(verdict->judgement == Judgement::OneSeed);
    QVERIFY(!verdict->interval);
    QCOMPARE(verdict->baselineSeeds, std::size_t(1));
    QCOMPARE(verdict->speed->batches, 2.0);
    QVERIFY(!verdictOn({ a.entry() }, 1) && !verdictOn({}, 1) && !verdictOn({ a.entry(), b.entry() }, 0));
}

void TestOutcomes::verdictOfGroups()
{
    SampleRun runs[] = { { 1, "a", 1 }, { 2, "b", 2 }, { 3, "c", 3 }, { 4, "d", 1 }, { 5, "e", 2 }, { 6, "f", 3 } };
    const double losses[] = { 2.0, 2.1, 1.9, 1.0, 1.1, 0.9 };
    ComparedEntry one { "one", {}, {}, {} }, other { "other", {}, {}, {} };
    for (std::size_t i = 0; i < 6; ++i) {
        evaluate(runs[i], { 5, losses[i] });
        (i < 3 ? one : other).members.push_back(runs[i].run());
    }
    const auto verdict = verdictOn({ one, other }, 1);
    QVERIFY(verdict->judgement == Judgement::Better);
    QVERIFY(std::abs(verdict->interval->difference + 1) < 1e-12);
    // Deviations 0.1, three a side: df 4, t 2.776445105, half 0.1 √(2/3) t = 0.22669579.
    QVERIFY(std::abs(verdict->interval->low + 1.22669579) < 1e-7);
    QVERIFY(verdictOn({ other, one }, 1)->judgement == Judgement::Worse);
    QVERIFY(verdictOn({ one, one }, 1)->judgement == Judgement::CannotTell);
}

void TestOutcomes::whoCounts()
{
    SampleRun a(1, "a", 1), again(2, "again", 1), running(3, "running", 2), broken(4, "broken", 3);
    evaluate(a, { 2 });
    evaluate(again, { 2 });
    evaluate(running, { 2 });
    evaluate(broken, { 2, kNaN });
    running.overview.run.status = storage::RunStatus::Running;
    const ComparedEntry group { "group", { a.run(), again.run(), running.run(), broken.run() }, {}, {} };
    QCOMPARE(finalLosses(group, LossBasis::Validation).size(), std::size_t(1));
    const auto verdict = verdictOn({ group, a.entry() }, 1);
    QCOMPARE(verdict->leftOut, std::size_t(3));
    QVERIFY(verdict->judgement == Judgement::OneSeed);
}

void TestOutcomes::strongest()
{
    SampleRun a(1, "a", 1), b(2, "b", 1), c(3, "c", 1);
    evaluate(a, { 1 });
    evaluate(b, { 3 });
    evaluate(c, { 2 });
    QCOMPARE(strongestOther({ a.entry(), b.entry(), c.entry() }), std::size_t(2));
    SampleRun none(4, "none", 1), nothing(5, "nothing", 1);
    QCOMPARE(strongestOther({ none.entry(), nothing.entry() }), std::size_t(1));
}

// 40 batches that come down to 2, against a page of six points.
void TestOutcomes::sparseReference()
{
    SampleRun quick(1, "quick", 1), page(2, "page", 0);
    page.overview.run.status = storage::RunStatus::Reference;
    page.overview.run.facts.clear();
    page.parameters.clear();
    for (int i = 0; i < 40; ++i) {
        quick.loss.add(i < 20 ? 6 - i * 0.1 : 2.46);
    }
    const double losses[] = { 6, 3, 2, 1.5, 1.2, 1 };
    for (int i = 0; i < 6; ++i) {
        page.loss.addAt(i * 100, 0, losses[i]);
    }
    const auto entries = std::vector { quick.entry(), page.entry() };
    const auto rows = outcomeRows(entries);
    const OutcomeRow* const last = find(rows, Outcome::MeanLastLoss);
    QCOMPARE(last->values[1].value, std::optional(1.0));
    QCOMPARE(last->values[1].points, std::size_t(1));
    QCOMPARE(last->values[0].points, std::size_t(0));
    const auto verdict = verdictOn(entries, 1);
    QVERIFY(std::abs(verdict->speed->target - 2.46) < 1e-12);
    QCOMPARE(verdict->speed->reached->batch, 200.0);
    // What it had come to at batch 39 is not known, and a page gives no times.
    QVERIFY(!find(rows, Outcome::AtEqualBatch)->values[1].value);
    QVERIFY(!find(rows, Outcome::AtEqualTime) && !find(rows, Outcome::ReachedTime)->values[1].value);
    // The other way round: nothing of the run is as low as the page's last point.
    const auto back = verdictOn({ page.entry(), quick.entry() }, 1);
    QCOMPARE(back->speed->target, 1.0);
    QVERIFY(!back->speed->reached);
}

void TestOutcomes::otherTextsAreNotCompared_data()
{
    QTest::addColumn<QString>("what");
    for (const char* what : { "fingerprint", "size", "own text", "path", "fraction", "unit", "no unit" }) {
        QTest::newRow(what) << QString(QLatin1String(what));
    }
}

// No "reached", no star, no share and no interval: the reason stands in their place.
void TestOutcomes::otherTextsAreNotCompared()
{
    QFETCH(QString, what);
    SampleRun a(1, "a", 1), b(2, "b", 1);
    evaluate(a, { 3, 2 });
    evaluate(b, { 2, 1 });
    a.overview.summary.bestValLoss = 2;
    b.overview.summary.bestValLoss = 1;
    auto& facts = b.overview.run.facts;
    std::string unit;
    if (what == "fingerprint") {
        facts["data.hash"] = "def"; // of which the validation text is a part
    } else if (what == "size") {
        facts["data.validation_bytes"] = "101";
    } else if (what == "own text") {
        facts["data.val_hash"] = "2";
        a.overview.run.facts["data.val_hash"] = "1";
    } else if (what == "path") { // a run that is not prepared
        facts.clear();
        b.parameters[0] = { "data.train_path", "other", "" };
    } else if (what == "fraction") {
        a.parameters.push_back({ "data.val_fraction", "0.1", "0.1" });
        b.parameters.push_back({ "data.val_fraction", "0.2", "0.2" });
    } else {
        unit = "bits";
    }
    ComparedRun one = a.run(), other = b.run();
    one.validationUnit = unit.empty() ? "" : "nats";
    other.validationUnit = what == "no unit" ? "" : unit;
    const auto entries = std::vector { entryOf(one), entryOf(other) };
    const auto verdict = verdictOn(entries, 1);
    QVERIFY(verdict && verdict->obstacle);
    QCOMPARE(*verdict->obstacle == Obstacle::OtherUnit, what.endsWith("unit"));
    QVERIFY(!verdict->speed && !verdict->reverse && !verdict->interval);
    const auto rows = outcomeRows(entries);
    QVERIFY(!find(rows, Outcome::ReachedBatch) && !find(rows, Outcome::ReachedTime));
    for (const Outcome outcome : { Outcome::BestValLoss, Outcome::LastValLoss, Outcome::AtEqualBatch }) {
        QVERIFY(!find(rows, outcome)->best);
        QVERIFY(find(rows, outcome)->values[1].obstacle);
    }
}

// Of the same text: more batches of it, or longer ones. A warning says so; their losses are held against each other.
void TestOutcomes::otherSamplesAre()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    evaluate(a, { 3, 2 });
    evaluate(b, { 2, 1 });
    b.parameters[1] = { "training.batch_size", "8", "8" };
    const auto verdict = verdictOn({ a.entry(), b.entry() }, 1);
    QVERIFY(!verdict->obstacle && verdict->speed->reached);
    QVERIFY(comparisonWarnings({ a.entry(), b.entry() }).front().kind == ComparisonWarning::OtherValidation);
}

// No points, one point, all NaN, a metric in one run only.
void TestOutcomes::badRuns()
{
    SampleRun none(1, "none", 1), one(2, "one", 1), nan(3, "nan", 1), whole(4, "whole", 1);
    one.loss.add(1);
    for (int i = 0; i < 50; ++i) {
        nan.loss.add(kNaN);
        whole.loss.add(2);
    }
    evaluate(whole, { 2 });
    std::vector<ComparedEntry> entries { whole.entry(), none.entry(), one.entry(), nan.entry() };
    for (std::size_t turn = 0; turn < entries.size(); ++turn) {
        for (const OutcomeRow& row : outcomeRows(entries)) {
            QCOMPARE(row.values.size(), entries.size());
        }
        for (std::size_t other = 1; other < entries.size(); ++other) {
            const auto verdict = verdictOn(entries, other);
            QVERIFY(!verdict || verdict->judgement == Judgement::OneSeed);
        }
        std::rotate(entries.begin(), entries.begin() + 1, entries.end());
    }
    ComparedRun bare;
    bare.overview = &none.overview;
    QVERIFY(!outcomeRows({ entryOf(bare), whole.entry() }).empty());
    QVERIFY(bare.parameter("training.seed").empty());
}

// What the database's columns give is what growing series give.
void TestOutcomes::storedRuns()
{
    std::vector<StoredRun> stored;
    for (std::int64_t id = 1; id <= 3; ++id) {
        SampleRun run(id, "a s" + std::to_string(id), id);
        StoredRun one { run.overview, run.parameters, {}, {}, {} };
        if (id == 3) {
            one.parameters[1] = { "training.batch_size", "8", "8" };
        }
        storage::Series loss;
        for (int i = 0; i < 40; ++i) {
            loss.batch.push_back(i);
            loss.time.push_back(i * 0.5);
            loss.value.push_back(static_cast<double>(id) * 10 - i * 0.1);
        }
        one.loss = std::make_shared<StoredPoints>(std::move(loss));
        stored.push_back(one);
    }
    const StoredComparison comparison(std::move(stored));
    QCOMPARE(comparison.single().size(), std::size_t(3));
    QCOMPARE(comparison.grouped().size(), std::size_t(2));
    QCOMPARE(comparison.grouped()[0].name, std::string("a"));
    // The mean of 10 and 20, less 0.1 a batch, over the last 20 batches.
    QVERIFY(std::abs(bestLoss(comparison.grouped()[0], LossBasis::MeanOfLast)->value - (15 - 2.95)) < 1e-9);
    QVERIFY(!comparison.grouped()[0].validation);
    QVERIFY(StoredComparison({}).single().empty());
}

void TestOutcomes::nearestSamples()
{
    const auto at = [](std::int64_t batch, const char* text, const char* kind = "sample") {
        storage::Event event;
        event.kind = kind;
        event.batch = batch;
        event.text = text;
        return event;
    };
    const std::vector<storage::Event> one { at(10, "a"), at(20, "b"), at(20, "b again"), at(30, "log", "log") };
    const std::vector<storage::Event> other { at(10, "c"), at(15, "d") };
    const std::vector<storage::Event> none { at(10, "log", "log") };
    QCOMPARE(sampleBatches({ &one, &other, &none }), (std::vector<std::int64_t> { 10, 15, 20 }));
    QCOMPARE(commonSampleBatch({ &one, &other, &none }), std::optional<std::int64_t>(10));
    const std::vector<storage::Event> apart { at(12, "e") };
    QCOMPARE(commonSampleBatch({ &one, &apart }), std::optional<std::int64_t>(12));
    QVERIFY(!commonSampleBatch({ &none }) && !commonSampleBatch({}));
    QCOMPARE(nearestSample(one, 19)->text, std::string("b again"));
    QCOMPARE(nearestSample(one, 15)->text, std::string("a")); // the earlier of two as near
    QVERIFY(!nearestSample(none, 10));
}

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
