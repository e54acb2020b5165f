// SPDX-License-Identifier: GPL-3.0-or-later
// What is written for other programs, read back by the readers of their formats: point for point the same.
#include "app/interchange/export/dvclive_export.h"
#include "app/interchange/export/export_place.h"
#include "app/interchange/export/tensorboard_export.h"
#include "app/interchange/store_import.h"
#include "storage/run_store.h"
#include "tests/app/interchange/stores_fixture.h"
#include "trainer/base/train_error.h"

#include <QTemporaryDir>

using namespace nabiz;
namespace fs = std::filesystem;

using Points = std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>>;

class TestExports : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void tensorboard();
    void dvclive();
    void metricsOfOnePathAreBothKept();
    void foreignFolderIsLeftAlone();

private:
    using Exporter = std::int64_t (*)(const storage::RunStore&, const storage::Run&, const fs::path&);
    void verify(Exporter write, const char* name);
    fs::path path(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }

    QTemporaryDir m_folder;
};

static std::string exact(double value)
{
    return std::isnan(value) ? "nan" : QByteArray::number(value, 'g', 17).toStdString();
}

void TestExports::initTestCase()
{
    // Doubles that no float holds, and what is no number.
    std::ofstream(path("mine.csv")) << "step,loss,val/acc\n1,0.1,0.5\n2,NaN,0.25\n3,inf,1e300\n7,-2.5,0.1\n";
    app::ImportReport report;
    storage::Recorder recorder(path("runs.db"));
    for (const auto& found : app::findStores(path("mine.csv")))
        app::importStores({ found }, "mine", &recorder, report);
    QCOMPARE(report.runs.size(), 1U);
}

void TestExports::verify(Exporter write, const char* name)
{
    const storage::RunStore store(path("runs.db"));
    const auto run = store.runs().at(0).run;
    Points expected, found;
    std::int64_t points = 0;
    for (const auto& metric : store.metrics(run.id)) {
        const auto series = store.series(run.id, metric);
        for (std::size_t i = 0; i < series.value.size(); ++i, ++points)
            expected[metric.name].emplace_back(static_cast<std::int64_t>(series.batch[i]), exact(series.value[i]));
    }
    QCOMPARE(points, 8);
    app::prepareExportFolder(path(name));
    QCOMPARE(write(store, run, path(name)), points);
    app::prepareExportFolder(path(name)); // again over itself: the same, nothing twice
    QCOMPARE(write(store, run, path(name)), points);
    const auto back = testing::readAll(path(name));
    QCOMPARE(back.size(), 1U);
    QCOMPARE(back[0].damaged, 0);
    for (const auto& series : back[0].series) {
        for (const auto& point : series.points)
            found[series.name].emplace_back(point.step, exact(point.value));
    }
    QCOMPARE(found, expected);
}

void TestExports::tensorboard()
{
    verify(app::exportTensorboard, "tensorboard");
}

void TestExports::dvclive()
{
    verify(app::exportDvclive, "dvclive");
}

void TestExports::metricsOfOnePathAreBothKept()
{
    std::ofstream(path("two.csv")) << "step,a/b,a//b\n1,1,2\n";
    {
        app::ImportReport report;
        storage::Recorder recorder(path("two.db"));
        for (const auto& found : app::findStores(path("two.csv")))
            app::importStores({ found }, "two", &recorder, report);
    }
    const storage::RunStore store(path("two.db"));
    app::prepareExportFolder(path("two"));
    QCOMPARE(app::exportDvclive(store, store.runs().at(0).run, path("two")), 2);
    const auto back = testing::readAll(path("two"));
    QCOMPARE(back.size(), 1U);
    QCOMPARE(back[0].series.size(), 2U);
}

void TestExports::foreignFolderIsLeftAlone()
{
    fs::create_directories(path("other"));
    std::ofstream(path("other/precious.txt")) << "mine";
    QVERIFY_THROWS_EXCEPTION(trainer::TrainError, app::prepareExportFolder(path("other")));
}

QTEST_GUILESS_MAIN(TestExports)
#include "tst_exports.moc"
