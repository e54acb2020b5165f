// SPDX-License-Identifier: GPL-3.0-or-later
// Every store of tests/app/interchange/stores as its expected.json says, out of the reader and out of the database.
#include "app/interchange/store_import.h"
#include "app/interchange/stores/living_writers.h"
#include "storage/run_store.h"
#include "tests/app/interchange/stores_fixture.h"

#include <QTemporaryDir>

#include <set>

using namespace nabiz;
using testing::ExpectedPoint;
using Json = nlohmann::json;

class TestStores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void areReadAsExpected_data() { addStores(); }
    void areReadAsExpected();
    void areStoredAsExpected_data() { addStores(); }
    void areStoredAsExpected();
    void theSameAgainAddsNothing_data() { addStores(); }
    void theSameAgainAddsNothing();

private:
    static void addStores();
};

namespace {

std::string flat(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void flatten(const Json& value, const std::string& prefix, std::map<std::string, std::string>& out)
{
    if (!value.is_object() || value.empty()) {
        if (!prefix.empty())
            out[prefix] = flat(value);
        return;
    }
    for (const auto& [key, inner] : value.items())
        flatten(inner, prefix.empty() ? key : prefix + '.' + key, out);
}

// 0.001 and 1e-3 are the same setting, [8,16] and [8, 16] too.
bool isSameSetting(const std::string& a, const std::string& b)
{
    const auto x = Json::parse(a, nullptr, false);
    const auto y = Json::parse(b, nullptr, false);
    if (!x.is_discarded() && !y.is_discarded() && x.is_number() && y.is_number())
        return x.get<double>() == y.get<double>();
    return a == b || (!x.is_discarded() && x == y);
}

const storage::ImportedRun* find(const std::vector<storage::ImportedRun>& runs, const Json& expected)
{
    for (const auto& run : runs) {
        if (expected.contains("run_id") ? run.originalId == expected["run_id"].get<std::string>()
                                        : run.name == expected["name"].get<std::string>())
            return &run;
    }
    return nullptr;
}

// Without what a later life has written again.
std::vector<ExpectedPoint> surviving(const storage::ImportedSeries& series)
{
    std::int32_t last = 0;
    for (const auto& point : series.points)
        last = std::max(last, point.life);
    std::vector<ExpectedPoint> points;
    for (const auto& point : series.points) {
        if (point.life == last)
            points.push_back({ point.step, point.wall, point.value });
    }
    return testing::sorted(points);
}

void comparePoints(const std::vector<ExpectedPoint>& got, const std::vector<ExpectedPoint>& wanted, double tolerance)
{
    QCOMPARE(got.size(), wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        QCOMPARE(got[i].step, wanted[i].step);
        QVERIFY2(testing::isSame(got[i].value, wanted[i].value),
            qPrintable(QStringLiteral("step %1: %2, not %3").arg(got[i].step).arg(got[i].value).arg(wanted[i].value)));
        if (!std::isnan(wanted[i].wall))
            QVERIFY2(
                std::abs(got[i].wall - wanted[i].wall) <= tolerance, qPrintable(QString::number(got[i].wall, 'f')));
    }
}

void compareParameters(const storage::ImportedRun& run, const Json& expected)
{
    std::map<std::string, std::string> wanted;
    const bool isDotted = run.source != "mlflow";
    for (const auto* key : { "params", "config" }) {
        if (!expected.contains(key))
            continue;
        if (isDotted) {
            flatten(expected[key], {}, wanted);
        } else {
            for (const auto& [name, value] : expected[key].items())
                wanted[name] = flat(value);
        }
    }
    std::map<std::string, std::string> got(run.parameters.begin(), run.parameters.end());
    for (const auto& [key, value] : wanted) {
        if (key.starts_with("_"))
            continue; // the tracker's own
        QVERIFY2(got.contains(key), key.c_str());
        QVERIFY2(isSameSetting(got[key], value), (key + ": " + got[key] + ", not " + value).c_str());
    }
}

storage::RunStatus expectedStatus(const Json& expected)
{
    const auto& status = expected["status"];
    const std::string word = status.is_null() ? "" : status.get<std::string>();
    return word == "FAILED"                                ? storage::RunStatus::Failed
        : word == "KILLED"                                 ? storage::RunStatus::Stopped
        : word.starts_with("no exit") || word == "RUNNING" ? storage::RunStatus::Interrupted
                                                           : storage::RunStatus::Finished;
}

} // namespace

void TestStores::addStores()
{
    QTest::addColumn<QString>("store");
    const QDir folder(QString::fromStdString(testing::storesFolder()));
    const auto stores = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QVERIFY(stores.size() >= 14);
    for (const auto& store : stores)
        QTest::addRow("%s", qPrintable(store)) << store;
}

void TestStores::areReadAsExpected()
{
    QFETCH(QString, store);
    const auto expected = testing::expectedOf(store.toStdString());
    const auto runs = testing::readAll(testing::storesFolder() + "/" + store.toStdString());
    QCOMPARE(runs.size(), expected["runs"].size());
    for (const auto& one : expected["runs"]) {
        const auto* run = find(runs, one);
        QVERIFY2(run, one["name"].get<std::string>().c_str());
        QCOMPARE(run->name, one["name"].get<std::string>());
        std::set<std::string> names;
        for (const auto& series : run->series) {
            names.insert(series.name);
            QVERIFY2(one["metrics"].contains(series.name) || series.name.starts_with("gpu/"), series.name.c_str());
            if (one["metrics"].contains(series.name))
                comparePoints(surviving(series), testing::expectedPoints(one["metrics"][series.name]), 1e-6);
        }
        for (const auto& [name, metric] : one["metrics"].items())
            QVERIFY2(names.contains(name), name.c_str());
        compareParameters(*run, one);
        auto settled = *run;
        app::LivingWriters writers;
        app::settle(settled, writers, app::lastHeard(settled));
        QCOMPARE(settled.status.value_or(storage::RunStatus::Finished), expectedStatus(one));
        if (one.contains("start_time_ms"))
            QCOMPARE(*run->started * 1000, one["start_time_ms"].get<double>());
        if (one.contains("notes"))
            QCOMPARE(run->note, one["notes"].get<std::string>());
        if (one.contains("tags") && one["tags"].is_array())
            QCOMPARE(run->tags, one["tags"].get<std::vector<std::string>>());
        if (one.contains("tags") && one["tags"].is_object()) {
            QCOMPARE(run->note, one["tags"]["mlflow.note.content"].get<std::string>());
            QVERIFY(std::find(run->tags.begin(), run->tags.end(), "stage=dev") != run->tags.end());
        }
    }
}

void TestStores::areStoredAsExpected()
{
    QFETCH(QString, store);
    const auto expected = testing::expectedOf(store.toStdString());
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("runs.db").toStdString();
    std::map<std::string, storage::RunId> ids;
    {
        storage::Recorder recorder(file);
        for (auto& run : testing::readAll(testing::storesFolder() + "/" + store.toStdString())) {
            app::LivingWriters writers;
            app::settle(run, writers, app::lastHeard(run));
            ids[run.originalId + '|' + run.name] = recorder.keepImported(run, {}).run;
        }
    }
    const storage::RunStore database(file);
    for (const auto& one : expected["runs"]) {
        const auto name = one["name"].get<std::string>();
        const auto id = std::find_if(ids.begin(), ids.end(), [&](const auto& entry) {
            return one.contains("run_id") ? entry.first == one["run_id"].get<std::string>() + '|' + name
                                          : entry.first.ends_with('|' + name);
        });
        QVERIFY(id != ids.end());
        const auto detail = database.detail(id->second).value();
        QCOMPARE(detail.overview.run.status, expectedStatus(one));
        const double zero = static_cast<double>(detail.overview.run.started.value_or(0)) / 1000;
        for (const auto& [metric, wanted] : one["metrics"].items()) {
            const auto series = std::find_if(detail.series.begin(), detail.series.end(),
                [&, &key = metric](const auto& candidate) { return candidate.metric.name == key; });
            QVERIFY2(series != detail.series.end(), metric.c_str());
            std::vector<ExpectedPoint> got;
            for (std::size_t i = 0; i < series->batch.size(); ++i)
                got.push_back(
                    { static_cast<std::int64_t>(series->batch[i]), zero + series->time[i], series->value[i] });
            comparePoints(testing::sorted(got), testing::expectedPoints(wanted), 0.0011);
        }
    }
}

void TestStores::theSameAgainAddsNothing()
{
    QFETCH(QString, store);
    QTemporaryDir folder;
    storage::Recorder recorder(folder.filePath("runs.db").toStdString());
    app::ImportReport first, second;
    for (auto* report : { &first, &second }) {
        for (const auto& found : app::findStores(testing::storesFolder() + "/" + store.toStdString()))
            app::importStores({ found }, {}, &recorder, *report);
    }
    QVERIFY(!first.runs.empty());
    QCOMPARE(second.runs.size(), first.runs.size());
    QVERIFY(first.skipped.empty() && second.skipped.empty());
    for (std::size_t i = 0; i < first.runs.size(); ++i) {
        QCOMPARE(second.runs[i].outcome.run, first.runs[i].outcome.run);
        QCOMPARE(second.runs[i].outcome.newPoints, 0);
        QCOMPARE(second.runs[i].outcome.points, first.runs[i].outcome.points);
        QVERIFY(first.runs[i].outcome.points > 0);
        QCOMPARE(first.runs[i].outcome.newPoints, first.runs[i].outcome.points);
    }
}

QTEST_GUILESS_MAIN(TestStores)
#include "tst_stores.moc"
