// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers saved from a chart are the database's, row for row, as `nabiz export` writes them.
#include "app/cli/run_csv.h"
#include "tests/storage/storage_fixture.h"
#include "ui/charts/export/chart_csv.h"
#include "ui/models/run_catalog.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace nabiz;

class TestChartCsv : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheExport_data();
    void equalsTheExport();
};

namespace {

// Two segments: what the second wrote again is superseded.
storage::RunId record(const std::filesystem::path& file)
{
    storage::Recorder recorder(file);
    const storage::RunId run = storage::addRun(recorder, "quick", storage::RunStatus::Running);
    std::mt19937_64 random(3);
    std::normal_distribution<float> noise(2, 0.5);
    for (const std::pair<int, int>& part : { std::pair(0, 2000), std::pair(1500, 3500) }) {
        const auto stream = recorder.openStream(run, storage::metricsNamed({ "loss", "val.loss" }));
        for (int batch = part.first; batch < part.second; ++batch) {
            const double loss = batch % 501 == 7 ? std::nan("")
                : batch % 777 == 9               ? std::numeric_limits<double>::infinity()
                                                 : static_cast<double>(noise(random));
            std::vector<double> values { loss };
            if (batch % 100 == 99) {
                values.push_back(static_cast<double>(noise(random)));
            }
            storage::append(*stream, batch, values, 0.1 * batch + part.first);
        }
        recorder.closeStream(run);
    }
    recorder.setStatus(run, storage::RunStatus::Finished);
    recorder.flush();
    return run;
}

QList<QByteArray> exported(const storage::RunStore& store, storage::RunId run, const storage::Folder& folder)
{
    std::vector<storage::Metric> metrics = store.metrics(run);
    std::ranges::sort(metrics, {}, &storage::Metric::name);
    const std::string path = folder.file("export.csv").string();
    trainer::OutputFile csv(path);
    app::writeRunCsv(store, run, metrics, csv);
    csv.commit();
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
}

} // namespace

void TestChartCsv::equalsTheExport_data()
{
    QTest::addColumn<double>("x0");
    QTest::addColumn<double>("x1");
    QTest::newRow("all") << -1.0 << 1e9;
    QTest::newRow("a stretch across the segments") << 1234.0 << 1777.5;
    QTest::newRow("one batch") << 99.0 << 99.0;
    QTest::newRow("none") << 1e6 << 2e6;
}

void TestChartCsv::equalsTheExport()
{
    QFETCH(double, x0);
    QFETCH(double, x1);
    const storage::Folder folder;
    const storage::RunId run = record(folder.file());
    const storage::RunStore store(folder.file());
    QList<QByteArray> rows = exported(store, run, folder);
    QCOMPARE(rows.first(), QByteArray("batch,time,loss,val.loss"));
    QCOMPARE(rows.size(), 1 + 3500 + 1);
    rows.removeIf([&](const QByteArray& row) {
        bool isNumber = false;
        const double batch = row.left(row.indexOf(',')).toDouble(&isNumber);
        return isNumber && !row.isEmpty() && (batch < x0 || batch > x1);
    });

    ui::RunCatalog catalog;
    catalog.setRuns(store.runs());
    catalog.setDetail(*store.detail(run));
    ui::PlotContent content;
    for (const char* const metric : { "loss", "val.loss" }) {
        ui::PlotCurve curve;
        curve.series = catalog.series(run, metric);
        curve.run = run;
        content.curves.push_back(curve);
    }
    std::string out;
    const ui::ChartRows taken(content);
    std::size_t passed = 0;
    const auto sink = [&](std::string_view text, std::size_t samples) {
        out += text;
        passed = samples;
        return true;
    };
    QCOMPARE(taken.write(x0, x1, sink), rows.size() - 2);
    QCOMPARE(passed, taken.samples());
    QCOMPARE(QByteArray::fromStdString(out).split('\n'), rows);
}

QTEST_GUILESS_MAIN(TestChartCsv)
#include "tst_chart_csv.moc"
