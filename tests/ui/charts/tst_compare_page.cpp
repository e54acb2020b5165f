// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/charts/sample_runs.h"
#include "ui/charts/plot_view.h"
#include "ui/models/comparison_model.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare_page.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace nabiz;
using namespace nabiz::ui;

class TestComparePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void differencesAndOutcomes();
    void lossAtTheSameBatch();
    void changes();
    void modelHoldsToTheContract();
    void emptyBelowTwo();
    void baselineMetricAndLegend();
    void tableShowsBestAndChange();
    void survivesRemoval();

private:
    template <typename T> T* child(const QString& name) { return m_page->findChild<T*>(name); }
    void load(const storage::RunDetail& detail)
    {
        m_catalog->putRun(detail.overview);
        m_catalog->setDetail(detail);
    }
    QString cell(const QString& row, int column)
    {
        const QAbstractItemModel& model = *child<QTableView>(QStringLiteral("compareTable"))->model();
        for (int i = 0; i < model.rowCount(); ++i) {
            if (model.index(i, 0).data().toString() == row) {
                return model.index(i, column).data().toString();
            }
        }
        return {};
    }

    std::unique_ptr<RunCatalog> m_catalog;
    std::unique_ptr<ComparePage> m_page;
};

namespace {

storage::RunDetail second()
{
    storage::RunDetail run = testing::sampleRun(2, "second", 300, 1.5);
    run.parameters[0] = { "training.learning_rate", "3e-4", "3e-4" };
    run.parameters.push_back({ "training.new_key", "1", "1" });
    return run;
}

} // namespace

void TestComparePage::initTestCase()
{
    Theme::apply(*qApp, ThemeMode::Light);
}

void TestComparePage::init()
{
    m_page.reset();
    m_catalog = std::make_unique<RunCatalog>();
    m_page = std::make_unique<ComparePage>(*m_catalog);
    m_page->resize(1152, 786);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestComparePage::differencesAndOutcomes()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    const Comparison comparison = compareRuns({ m_catalog->detail(1), m_catalog->detail(2) });
    QCOMPARE(comparison.equal, std::size_t(2));
    QCOMPARE(comparison.differences.size(), std::size_t(2));
    QCOMPARE(comparison.differences[0].key, std::string("training.learning_rate"));
    QCOMPARE(comparison.differences[1].values[0], std::string());
    QCOMPARE(comparison.outcomes.size(), std::size_t(9));
    for (const OutcomeRow& row : comparison.outcomes) {
        QCOMPARE(row.values.size(), std::size_t(2));
        switch (row.outcome) {
        case Outcome::Batches:
            QVERIFY(!row.best);
            break;
        case Outcome::BatchTime:
            QVERIFY(!row.best); // equal
            break;
        default:
            QCOMPARE(row.best, std::optional<std::size_t>(1));
        }
    }
    QCOMPARE(comparison.outcomes[0].batches[0], std::optional<std::int64_t>(399));
    double mean = 0;
    for (int i = 380; i < 400; ++i) {
        mean += (2.0 + 4 * std::exp(-i / 60.0)) / 20;
    }
    QVERIFY(std::abs(*comparison.outcomes[4].values[0] - mean) < 1e-9);
    // A run without a figure, and one with NaN, are never the best.
    storage::RunDetail broken = testing::sampleRun(3, "broken", 10, 1.0);
    broken.overview.summary.lastLoss = std::nan("");
    broken.overview.summary.peakBytes.reset();
    load(broken);
    for (const OutcomeRow& row : compareRuns({ m_catalog->detail(1), m_catalog->detail(3) }).outcomes) {
        if (row.outcome == Outcome::LastLoss || row.outcome == Outcome::PeakMemory
            || row.outcome == Outcome::BestValLoss) {
            QVERIFY(!row.best || *row.best == 0);
        }
    }
    QVERIFY(compareRuns({}).outcomes.empty());
}

void TestComparePage::lossAtTheSameBatch()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    const auto effect = lossAtSameBatch(*m_catalog->detail(1), *m_catalog->detail(2));
    QVERIFY(effect.has_value());
    QCOMPARE(effect->batch, 299.0);
    QVERIFY(std::abs(effect->before - effect->after - 0.5) < 1e-9);
}

void TestComparePage::changes()
{
    QVERIFY(!changeFrom(std::nullopt, 1.0));
    QVERIFY(!changeFrom(0.0, 1.0));
    QVERIFY(!changeFrom(1.0, std::nan("")));
    QCOMPARE(changeFrom(2.0, 1.5), std::optional(-0.25));
}

void TestComparePage::modelHoldsToTheContract()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    ComparisonModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setComparison(compareRuns({ m_catalog->detail(1), m_catalog->detail(2) }));
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(model.rowCount(), 11);
    model.setComparison(compareRuns({ m_catalog->detail(1), m_catalog->detail(2) }));
    QCOMPARE(reset.count(), 1); // new figures are no reset
    QCOMPARE(changed.count(), 1);
    model.setComparison({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
}

void TestComparePage::emptyBelowTwo()
{
    QVERIFY(child<QLabel>(QStringLiteral("emptyText"))->isVisible());
    load(testing::sampleRun(1, "first", 400, 2.0));
    m_page->showRuns({ 1 });
    QVERIFY(child<QLabel>(QStringLiteral("emptyText"))->isVisible());
    load(second());
    m_page->showRuns({ 2, 1 });
    QVERIFY(!child<QLabel>(QStringLiteral("emptyText"))->isVisible());
    QVERIFY(child<PlotView>(QStringLiteral("compareChart"))->isVisible());
    QCOMPARE(m_page->baseline(), storage::RunId(1)); // the older one
    QSignalSpy report(m_page.get(), &ComparePage::reportRequested);
    QTest::mouseClick(child<QPushButton>(QStringLiteral("reportButton")), Qt::LeftButton);
    QCOMPARE(report.count(), 1);
}

void TestComparePage::baselineMetricAndLegend()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns({ 2, 1 });
    auto* const plot = child<PlotView>(QStringLiteral("compareChart"));
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("first"));
    QCOMPARE(plot->content().curves[0].color, Theme::colors().text);
    auto* const baseline = child<QComboBox>(QStringLiteral("baselineBox"));
    baseline->setFocus();
    QTest::keyClick(baseline, Qt::Key_Up);
    QCOMPARE(m_page->baseline(), storage::RunId(2));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("second"));
    auto* const metric = child<QComboBox>(QStringLiteral("metricBox"));
    QCOMPARE(metric->count(), 3);
    metric->setFocus();
    QTest::keyClick(metric, Qt::Key_Down);
    QCOMPARE(plot->content().curves[0].series->name(), std::string("val.loss"));
    QTest::keyClick(child<QComboBox>(QStringLiteral("xUnitBox")), Qt::Key_End);
    QVERIFY(plot->content().xUnit == XUnit::Time);
    auto* const second = child<QPushButton>(QStringLiteral("legendButton2"));
    QTest::mouseClick(second, Qt::LeftButton);
    QCOMPARE(plot->content().curves.size(), std::size_t(1));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("first"));
    QTest::mouseClick(second, Qt::LeftButton);
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
}

void TestComparePage::tableShowsBestAndChange()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns({ 1, 2 });
    QCOMPARE(cell(QStringLiteral("training.learning_rate"), 1), QStringLiteral("1e-3"));
    QCOMPARE(cell(QStringLiteral("training.learning_rate"), 2), QStringLiteral("3e-4"));
    QCOMPARE(cell(QStringLiteral("training.batch_size"), 1), QString());
    const QString better = cell(QStringLiteral("loss, last"), 2);
    QVERIFY2(better.contains(QStringLiteral("★")) && better.contains(QString::fromUtf8("−")), qPrintable(better));
    QVERIFY(!cell(QStringLiteral("loss, last"), 1).contains(QStringLiteral("★")));
    QVERIFY(cell(QStringLiteral("batches"), 2).startsWith(QStringLiteral("300")));
}

void TestComparePage::survivesRemoval()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    load(testing::sampleRun(3, "third", 400, 1.0));
    m_page->showRuns({ 1, 2, 3 });
    m_page->grab();
    m_catalog->removeRun(1);
    QCOMPARE(m_page->baseline(), storage::RunId(2));
    m_page->grab();
    m_catalog->removeRun(2);
    QVERIFY(child<QLabel>(QStringLiteral("emptyText"))->isVisible());
    m_catalog->setRuns({});
    m_page->grab();
}

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
