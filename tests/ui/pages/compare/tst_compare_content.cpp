// SPDX-License-Identifier: GPL-3.0-or-later
// Which metric Compare begins with: what the choice names is what the chart draws, of other programs' runs too.
#include "tests/ui/charts/sample_runs.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/pages/compare/compare_content.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QTest>
#include <memory>
#include <set>

using namespace nabiz;
using namespace nabiz::ui;

class TestCompareContent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithWhatThereIs_data();
    void beginsWithWhatThereIs();
    void groupsOfManyRunsHaveOwnColors();
};

namespace {

storage::RunDetail imported(storage::RunId id, const QStringList& metrics)
{
    storage::RunDetail detail = testing::sampleRun(id, "run " + std::to_string(id), 100, 1.0);
    detail.overview.run.source = "tensorboard";
    detail.series.clear();
    for (const QString& name : metrics) {
        storage::Series series = testing::column(name.toStdString(), "");
        for (int batch = 0; batch < 100; ++batch)
            testing::add(series, batch, 1.0 / (batch + 1));
        detail.series.push_back(std::move(series));
    }
    return detail;
}

} // namespace

void TestCompareContent::beginsWithWhatThereIs_data()
{
    QTest::addColumn<QStringList>("metrics");
    QTest::addColumn<QString>("first");
    QTest::newRow("loss") << QStringList { "acc", "loss", "val.loss" } << "val.loss";
    QTest::newRow("no validation") << QStringList { "acc", "loss" } << "loss";
    QTest::newRow("called a loss") << QStringList { "acc", "train/Loss" } << "train/Loss";
    QTest::newRow("none is") << QStringList { "acc", "speed" } << "acc";
}

void TestCompareContent::beginsWithWhatThereIs()
{
    QFETCH(QStringList, metrics);
    QFETCH(QString, first);
    Theme::apply(*qApp, ThemeMode::Light);
    RunCatalog catalog;
    LayoutShelf layouts;
    ComparePage page(catalog, layouts);
    page.resize(1152, 786);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    for (const storage::RunId id : { 1, 2 }) {
        const auto detail = imported(id, metrics);
        catalog.putRun(detail.overview);
        catalog.setDetail(detail);
    }
    page.showRuns(0, { 2, 1 });
    QTRY_COMPARE(page.findChild<PlotView*>("compareChart")->content().curves.size(), std::size_t { 2 });
    QCOMPARE(page.findChild<QComboBox*>("metricBox")->currentData().toString(), first);
}

// Six rates of three seeds each are more runs than there are colours.
void TestCompareContent::groupsOfManyRunsHaveOwnColors()
{
    RunCatalog catalog;
    std::vector<storage::RunId> runs;
    for (int i = 0; i < 18; ++i) {
        const storage::RunId id = i + 1;
        auto detail = testing::sampleRun(id, "run " + std::to_string(id), 20, 1.0);
        const std::string rate = "0.00" + std::to_string(i / 3 + 1);
        const std::string seed = std::to_string(i % 3 + 1);
        detail.parameters = { { "training.learning_rate", rate, rate }, { "training.seed", seed, seed } };
        catalog.putRun(detail.overview);
        catalog.setDetail(detail);
        runs.push_back(id);
    }
    RunColors::show(runs);
    const auto columns = compareColumns(lookupIn(catalog), runs, true);
    QCOMPARE(columns.size(), std::size_t(6));
    std::set<QRgb> colors;
    for (const ComparisonColumn& column : columns)
        colors.insert(column.color.rgb());
    QCOMPARE(colors.size(), columns.size());
}

QTEST_MAIN(TestCompareContent)
#include "tst_compare_content.moc"
