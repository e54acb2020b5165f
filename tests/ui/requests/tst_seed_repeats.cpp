// SPDX-License-Identifier: GPL-3.0-or-later
// A stored run again with another seed, and what a scatter is made of.
#include "tests/ui/charts/sample_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/models/scatter_data.h"
#include "ui/requests/seed_repeats.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestSeedRepeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void repeatsTheStoredRun();
    void presetThatIsGone();
    void whatCannotBeRepeated();
    void seedsNotUsedYet();
    void scatterOfNumbersAndTexts();

private:
    RunDetail detailOf(const storage::RunDetail& stored)
    {
        RunDetail detail;
        detail.overview = stored.overview;
        detail.parameters = stored.parameters;
        return detail;
    }
};

namespace {

// A run of `quick` whose command line overrode two settings, as the database has it: its preset's text says nothing of
// them.
storage::RunDetail overridden(const trainer::PresetStore& presets)
{
    const trainer::Preset quick = presets.load("quick");
    trainer::Config config = quick.config;
    config.set("training.learning_rate", trainer::Value(2e-3));
    config.set("training.seed", trainer::Value(std::int64_t(4)));
    storage::RunDetail run = testing::sampleRun(7, "mine s4", 10, 1.0);
    run.overview.run.preset = "quick";
    run.overview.run.presetText = quick.document.text();
    run.overview.run.why = "a try";
    run.overview.run.seed = 4;
    run.overview.run.command = trainer::commandLine("quick", quick.config, config);
    run.parameters.clear();
    for (const trainer::Parameter& row : trainer::parameterTable()) {
        run.parameters.push_back({ std::string(row.key), trainer::toYaml(config.value(row.key)), "applied otherwise" });
    }
    return run;
}

} // namespace

void TestSeedRepeats::repeatsTheStoredRun()
{
    const trainer::PresetStore presets { std::filesystem::path() };
    const RunDetail run = detailOf(overridden(presets));
    QCOMPARE(whyNotRepeatable(&run), QString());
    const StartRequest request = repeatWithSeed(run, presets, 9);
    QCOMPARE(request.config.real("training.learning_rate"), 2e-3);
    QCOMPARE(request.config.integer("training.seed"), std::int64_t(9));
    QCOMPARE(request.name, QStringLiteral("mine s9"));
    QCOMPARE(request.why, QStringLiteral("a try"));
    QCOMPARE(request.parent, std::optional<storage::RunId>(7));
    QVERIFY(request.queue && request.repeat);
    QCOMPARE(request.seeds, 1);
    // Its preset's text says the same as its settings, and its command repeats it.
    const trainer::Preset written = presets.parse(request.presetText.toStdString(), "mine.yaml");
    QVERIFY(!trainer::hasErrors(written.problems));
    QVERIFY(written.config == request.config);
    QVERIFY2(request.command.contains(QStringLiteral("training.seed=9"))
            && request.command.contains(QStringLiteral("training.learning_rate=")),
        qPrintable(request.command));
}

void TestSeedRepeats::presetThatIsGone()
{
    const trainer::PresetStore presets { std::filesystem::path() };
    storage::RunDetail stored = overridden(presets);
    stored.overview.run.preset = "of-somebody-else";
    stored.overview.run.command = "nabiz train of-somebody-else training.seed=4";
    const StartRequest request = repeatWithSeed(detailOf(stored), presets, 5);
    QCOMPARE(request.config.real("training.learning_rate"), 2e-3);
    QVERIFY(request.command.endsWith(QStringLiteral(" training.seed=5")));
}

void TestSeedRepeats::whatCannotBeRepeated()
{
    const trainer::PresetStore presets { std::filesystem::path() };
    QVERIFY(!whyNotRepeatable(nullptr).isEmpty());
    RunDetail run = detailOf(overridden(presets));
    run.overview.run.source = "imported";
    QVERIFY(whyNotRepeatable(&run).contains(QStringLiteral("imported")));
    run.overview.run.source = "nabiz";
    run.overview.run.status = storage::RunStatus::Reference;
    QVERIFY(whyNotRepeatable(&run).contains(QStringLiteral("page")));
    run.overview.run.status = storage::RunStatus::Finished;
    run.parameters[0].declared = "[[[";
    QVERIFY(whyNotRepeatable(&run).contains(QString::fromStdString(run.parameters[0].key)));
    run.parameters.clear();
    QVERIFY(!whyNotRepeatable(&run).isEmpty());
}

void TestSeedRepeats::seedsNotUsedYet()
{
    RunCatalog catalog;
    storage::RunDetail first = testing::sampleRun(1, "first", 10, 1.0), child = testing::sampleRun(2, "child", 10, 1.0),
                       other = testing::sampleRun(3, "other", 10, 1.0);
    first.overview.run.seed = 1;
    child.overview.run.seed = 5;
    child.overview.run.parent = 1;
    child.overview.run.status = storage::RunStatus::Queued;
    other.overview.run.seed = 100;
    for (const auto* const run : { &first, &child, &other }) {
        catalog.putRun(run->overview);
    }
    QCOMPARE(freeSeeds(catalog, { 1 }, 2), (std::vector<std::int64_t> { 6, 7 }));
    QCOMPARE(waitingFor(catalog, { 1 }), 1);
    QCOMPARE(waitingFor(catalog, { 3 }), 0);
}

void TestSeedRepeats::scatterOfNumbersAndTexts()
{
    RunCatalog catalog;
    storage::ParameterTable table;
    table.keys = { "number", "mixed" };
    table.texts = { "", "1e-3", "10", "auto" };
    for (storage::RunId id = 1; id <= 5; ++id) {
        storage::RunOverview run = testing::sampleRun(id, "run", 100, 1.0 + static_cast<double>(id)).overview;
        if (id == 4) {
            run.summary.bestValLoss = std::nan("");
        }
        catalog.putRun(run);
        table.runs[id] = { id == 1 ? 1U : 2U, id == 2 ? 3U : 2U };
    }
    table.runs[5] = { 0, 0 }; // has neither
    catalog.putParameters(table);
    const std::vector<storage::RunId> runs { 1, 2, 3, 4, 5, 99 };
    const std::vector<std::string>& keys = catalog.parameters().keys();
    const auto placeOf = [&keys](const char* key) {
        return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    };
    ScatterData data = scatterOf(catalog, runs, placeOf("number"), storage::RunField::BestValLoss);
    QCOMPARE(data.points.size(), std::size_t(3));
    QCOMPARE(data.withoutX, std::size_t(1));
    QCOMPARE(data.withoutY, std::size_t(1));
    QCOMPARE(data.points[0].x, 1e-3);
    QVERIFY(data.x.allPositive && !data.x.isCategorical());
    QVERIFY(data.points[1].y < data.points[2].y);
    data = scatterOf(catalog, runs, placeOf("mixed"), storage::RunField::BestValLoss);
    QCOMPARE(data.x.categories, (std::vector<QString> { QStringLiteral("10"), QStringLiteral("auto") }));
    QVERIFY(!data.x.allPositive);
    QVERIFY(scatterOf(catalog, runs, 7777, storage::RunField::BestValLoss).points.empty());
    QVERIFY(scatterOf(catalog, {}, 0, storage::RunField::BestValLoss).points.empty());
}

QTEST_GUILESS_MAIN(TestSeedRepeats)
#include "tst_seed_repeats.moc"
