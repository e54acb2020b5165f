// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/analysis/sample_points.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/seed_groups.h"
#include "ui/analysis/setting_rows.h"

#include <QTest>

using namespace nabiz;
using namespace nabiz::ui;
using testing::SampleRun;

class TestSeedGroups : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheSeedMayDiffer();
    void notPreparedYet();
    void withoutSettings();
    void otherTextIsNoRepeat();
    void stems_data();
    void stems();
    void parameterRowsOfGroups();
    void ignoredAndEqualKeys();
    void warnings();
};

void TestSeedGroups::onlyTheSeedMayDiffer()
{
    SampleRun a(1, "quick s1", 1), b(2, "quick s2", 2), c(3, "other", 3), d(4, "quick s4", 4);
    c.parameters[1] = { "training.batch_size", "8", "8" };
    b.overview.run.note = "a note";
    b.overview.run.tags = { "tag" };
    b.overview.run.why = "why";
    b.overview.run.facts["host"] = "elsewhere";
    SampleRun again(7, "quick s1 again", 1);
    const auto groups = seedGroups({ a.run(), b.run(), c.run(), d.run(), again.run() });
    QCOMPARE(groups.size(), std::size_t(3));
    QCOMPARE(groups[2].members, std::vector<std::size_t> { 4 }); // the same seed twice is the same run twice
    QCOMPARE(groups[0].members, (std::vector<std::size_t> { 0, 1, 3 }));
    QCOMPARE(groups[0].name, std::string("quick"));
    QCOMPARE(groups[1].name, std::string("other"));
    QVERIFY(seedGroups({}).empty());
    // Declared alike, applied otherwise: another device is another run.
    SampleRun onGpu(5, "quick s5", 5);
    onGpu.parameters[3].applied = "cuda";
    QVERIFY(!differOnlyInSeed(a.run(), onGpu.run()));
    // What is noted beside a run makes no other experiment.
    SampleRun noted(8, "quick s8", 8);
    noted.parameters.push_back({ "data.track_folder", "/src", "/src" });
    noted.parameters.push_back({ "queue.resume", "auto", "auto" });
    QVERIFY(differOnlyInSeed(a.run(), noted.run()) && differOnlyInSeed(noted.run(), a.run()));
    // A key that one of them does not have.
    SampleRun newer(6, "quick s6", 6);
    newer.parameters.push_back({ "training.new", "1", "1" });
    QVERIFY(!differOnlyInSeed(a.run(), newer.run()) && !differOnlyInSeed(newer.run(), a.run()));
}

void TestSeedGroups::notPreparedYet()
{
    SampleRun a(1, "a", 1), queued(2, "b", 2);
    for (storage::Parameter& parameter : queued.parameters) {
        parameter.applied.clear();
    }
    QVERIFY(differOnlyInSeed(a.run(), queued.run()));
    queued.parameters[1].declared = "8";
    QVERIFY(!differOnlyInSeed(a.run(), queued.run()));
}

void TestSeedGroups::withoutSettings()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    a.parameters.clear();
    b.parameters.clear();
    QCOMPARE(seedGroups({ a.run(), b.run() }).size(), std::size_t(2));
    ComparedRun none = a.run();
    none.parameters = nullptr;
    QVERIFY(!differOnlyInSeed(none, none));
}

void TestSeedGroups::otherTextIsNoRepeat()
{
    SampleRun a(1, "a", 1), b(2, "b", 2);
    b.overview.run.facts["data.hash"] = "def";
    QVERIFY(!differOnlyInSeed(a.run(), b.run()));
    b.overview.run.facts.erase("data.hash"); // not known yet
    QVERIFY(differOnlyInSeed(a.run(), b.run()));
}

void TestSeedGroups::stems_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("stem");
    QTest::newRow("suffixes") << QStringList { "quick s1", "quick s2", "quick s12" } << "quick";
    QTest::newRow("one is the stem") << QStringList { "quick-2", "quick-2 s2", "quick-2 s3" } << "quick-2";
    QTest::newRow("seed words") << QStringList { "t4 seed 1", "t4 seed 2" } << "t4";
    QTest::newRow("a comma") << QStringList { "rate 1e-3, seed 1", "rate 1e-3, seed 2" } << "rate 1e-3";
    QTest::newRow("equal names") << QStringList { "base", "base" } << "base";
    QTest::newRow("nothing in common") << QStringList { "left", "right" } << QString::fromUtf8("left …");
    QTest::newRow("Turkish") << QStringList { QString::fromUtf8("deneyğ"), QString::fromUtf8("deneyş") } << "deney";
    QTest::newRow("emoji") << QStringList { QString::fromUtf8("🌱1"), QString::fromUtf8("🌱2") }
                           << QString::fromUtf8("🌱");
    QTest::newRow("digits only") << QStringList { "11", "12" } << QString::fromUtf8("11 …");
}

void TestSeedGroups::stems()
{
    QFETCH(QStringList, names);
    QFETCH(QString, stem);
    std::vector<std::string> texts;
    for (const QString& name : names) {
        texts.push_back(name.toStdString());
    }
    QCOMPARE(QString::fromStdString(commonStem(texts)), stem);
}

void TestSeedGroups::parameterRowsOfGroups()
{
    SampleRun a(1, "quick s1", 1), b(2, "quick s2", 2), c(3, "other", 3);
    c.parameters[1] = { "training.batch_size", "8", "8" };
    c.parameters.push_back({ "training.new", "", "5" });
    const auto rows = settingRows({ { "quick", { a.run(), b.run() }, {}, {} }, c.entry() });
    QCOMPARE(rows.size(), std::size_t(5));
    QCOMPARE(rows[2].key, std::string("training.seed"));
    QCOMPARE(rows[2].cells[0].value, std::string("1, 2"));
    QCOMPARE(rows[2].section(), std::string("training"));
    QVERIFY(!rows[0].differs && rows[1].differs && rows[2].differs && !rows[3].differs && rows[4].differs);
    QCOMPARE(rows[3].cells[0].declared, std::string("auto"));
    QCOMPARE(rows[1].cells[0].declared, std::string());
    QCOMPARE(rows[4].cells[0].value, std::string());
    QVERIFY(settingRows({}).empty());
}

void TestSeedGroups::ignoredAndEqualKeys()
{
    SampleRun a(1, "a", 1), b(2, "b", 2);
    b.parameters[1] = { "training.batch_size", "8", "8" };
    const auto rows = settingRows({ a.entry(), b.entry() });
    auto chosen = choose(rows, {});
    QCOMPARE(chosen.rows.size(), std::size_t(2));
    QCOMPARE(chosen.equal, std::size_t(2));
    chosen = choose(rows, { false, { "training.seed", "data.train_path" } });
    QCOMPARE(chosen.rows.size(), std::size_t(1));
    QCOMPARE(chosen.ignored, std::size_t(1)); // the equal one would not have been shown
    chosen = choose(rows, { true, {} });
    QCOMPARE(chosen.rows.size(), rows.size());
}

void TestSeedGroups::warnings()
{
    SampleRun a(1, "a", 1), b(2, "b", 1);
    QVERIFY(comparisonWarnings({ a.entry(), b.entry() }).empty());
    QVERIFY(comparisonWarnings({}).empty());
    b.overview.run.facts["data.hash"] = "def";
    b.overview.run.facts["data.validation_bytes"] = "90";
    b.overview.run.status = storage::RunStatus::Interrupted;
    b.overview.run.source = "imported";
    b.parameters[2] = { "training.seed", "2", "2" };
    auto found = comparisonWarnings({ a.entry(), b.entry() });
    QCOMPARE(found.size(), std::size_t(5));
    const ComparisonWarning kinds[] = { ComparisonWarning::OtherData, ComparisonWarning::OtherValidation,
        ComparisonWarning::OtherSeed, ComparisonWarning::NotFinished, ComparisonWarning::Imported };
    for (std::size_t i = 0; i < found.size(); ++i) {
        QVERIFY(found[i].kind == kinds[i]);
        QCOMPARE(found[i].runs, std::vector<std::string> { "b" });
    }
    // Without facts, what the settings say.
    SampleRun c(3, "c", 1), d(4, "d", 1);
    c.overview.run.facts.clear();
    d.parameters[0] = { "data.train_path", "elsewhere", "elsewhere" };
    found = comparisonWarnings({ c.entry(), d.entry() });
    QCOMPARE(found.size(), std::size_t(2)); // what is evaluated is a part of the text
    QVERIFY(found[0].kind == ComparisonWarning::OtherData);
    QVERIFY(found[1].kind == ComparisonWarning::OtherValidation);
    // Of a group the seeds are no warning; a batch size changes what is evaluated.
    SampleRun e(5, "e", 2), f(6, "f", 1);
    f.parameters[1] = { "training.batch_size", "8", "8" };
    found = comparisonWarnings({ { "a", { a.run(), e.run() }, {}, {} }, f.entry() });
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].kind == ComparisonWarning::OtherValidation);
    f.overview.run.status = storage::RunStatus::Reference;
    found = comparisonWarnings({ a.entry(), f.entry() });
    QVERIFY(found.back().kind == ComparisonWarning::Reference);
}

QTEST_GUILESS_MAIN(TestSeedGroups)
#include "tst_seed_groups.moc"
