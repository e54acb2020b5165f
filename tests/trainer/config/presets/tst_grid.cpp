// SPDX-License-Identifier: GPL-3.0-or-later
// What varies and what does not, which values it has, and in which order the cells come.
#include "trainer/config/presets/grid.h"

#include <QtTest>

using namespace nabiz::trainer;

class TestGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void varies_data();
    void varies();
    void values_data();
    void values();
    void refuses_data();
    void refuses();
    void ordersCells();
    void countsWithoutExpanding();
};

void TestGrid::varies_data()
{
    QTest::addColumn<bool>("does");
    const auto row = [](const char* text, bool does) { QTest::newRow(text) << does; };
    row("training.seed=1", false);
    row("training.seed=1,2", true);
    row("training.seed=1..2", true);
    row("training.learning_rate=1e-4,3e-4", true);
    row("training.use_amp=true,false", true);
    row("training.schedule=constant,cosine", true);
    row("training.schedule=a..b", false);
    row("training.sample_prompt=a,b", false); // a text's comma is its own
    row("data.train_path=../a,b", false);
    row("model.expert_types=[standard,language]", false);
    row("hardware.device=cuda:0,cuda:1", false);
    row("training.nonsuch=1,2", false);
    row("nonsense,", false);
}

void TestGrid::varies()
{
    QFETCH(bool, does);
    QCOMPARE(isVaried(QTest::currentDataTag()), does);
}

void TestGrid::values_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) { QTest::newRow(text) << expected; };
    row("training.seed=1..3", "1 2 3");
    row("training.seed=1..3,7", "1 2 3 7");
    row("training.seed=1..8..3", "1 4 7");
    row("training.seed=5..5", "5");
    row("training.learning_rate=1e-4,3e-4", "1e-4 3e-4");
    row("training.learning_rate=1e-4..5e-4..1e-4", "1e-4 2e-4 3e-4 4e-4 5e-4");
    row("model.dropout=0..0.5..0.1", "0 0.1 0.2 0.3 0.4 0.5");
    row("training.use_amp=true,false", "true false");
    row("training.schedule=constant,cosine", "constant cosine");
}

void TestGrid::values()
{
    QFETCH(QString, expected);
    const AxisReading reading = readAxis(QTest::currentDataTag());
    QVERIFY2(!reading.problem, reading.problem ? describe(*reading.problem).c_str() : "");
    QStringList got;
    for (const Value& value : reading.axis.values) {
        const auto* number = std::get_if<double>(&value);
        got << QString::fromStdString(number && *number == 0 ? "0" : toYaml(value));
    }
    QCOMPARE(got.join(' '), expected);
}

void TestGrid::refuses_data()
{
    QTest::addColumn<QString>("says");
    const auto row = [](const char* text, const char* says) { QTest::newRow(text) << says; };
    row("training.seed=3..1", "runs backwards");
    row("training.seed=1,1", "more than once");
    row("training.seed=1..3,2", "more than once");
    row("training.seed=1..3..0", "above 0");
    row("training.seed=1..3..-1", "above 0");
    row("training.seed=1..3..0.5", "above 0");
    row("training.seed=1..3..nan", "above 0");
    row("training.seed=1..", "FIRST..LAST");
    row("training.seed=..3", "FIRST..LAST");
    row("training.seed=1..2..3..4", "FIRST..LAST");
    row("model.dropout=0..0.5", "needs its step");
    row("training.seed=1,x", "training.seed");
    row("training.seed=1,", "training.seed");
    row("training.batch_size=0..3", "training.batch_size");
    row("training.schedule=constant,nonsuch", "nonsuch");
}

void TestGrid::refuses()
{
    QFETCH(QString, says);
    const AxisReading reading = readAxis(QTest::currentDataTag());
    QVERIFY(reading.problem);
    const QString said = QString::fromStdString(describe(*reading.problem));
    QVERIFY2(said.contains(says), qPrintable(said));
}

void TestGrid::ordersCells()
{
    const Grid grid({ readAxis("training.seed=1,2").axis, readAxis("training.learning_rate=1e-4,3e-4").axis,
        readAxis("training.use_amp=true,false").axis });
    QCOMPARE(grid.count(), 8.0);
    QVERIFY(!grid.problem());
    QStringList names;
    for (std::size_t i = 0; i < 8; ++i)
        names << QString::fromStdString(Grid::name("q", grid.cell(i)));
    QCOMPARE(names.first(), QString("q learning_rate=1e-4 use_amp=true s1"));
    QCOMPARE(names[1], QString("q learning_rate=1e-4 use_amp=true s2"));
    QCOMPARE(names[2], QString("q learning_rate=1e-4 use_amp=false s1"));
    QCOMPARE(names.last(), QString("q learning_rate=3e-4 use_amp=false s2"));
    names.removeDuplicates();
    QCOMPARE(names.size(), 8);
}

void TestGrid::countsWithoutExpanding()
{
    const AxisReading seeds = readAxis("training.seed=1..1000000000000");
    QVERIFY(!seeds.problem && seeds.axis.values.empty());
    const Grid grid({ seeds.axis, readAxis("training.use_amp=true,false").axis });
    QCOMPARE(grid.count(), 2e12);
    QVERIFY(QString::fromStdString(describe(*grid.problem())).contains("2000000000000 runs"));
}

QTEST_GUILESS_MAIN(TestGrid)
#include "tst_grid.moc"
