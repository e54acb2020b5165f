// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/column_cache.h"
#include "storage/reading/column_file.h"
#include "tests/storage/storage_fixture.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <map>

#include <sys/stat.h>

using namespace nabiz::storage;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kBatches = 66'000; // two chunks
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// loss at every batch, rate as float64, val.loss at every 3rd.
RunId record(Recorder& recorder, std::int64_t first, std::int64_t last, RunId run = 0)
{
    if (run == 0)
        run = addRun(recorder, "long", RunStatus::Running);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss", "rate", "val.loss" }));
    for (auto batch = first; batch < last; ++batch) {
        const double loss = batch == 7 ? kNaN : double(float(batch % 1000) / 7);
        const double rate = 1.0 / (3.0 + double(batch));
        if (batch % 3 == 2)
            append(*stream, batch, { loss, rate, loss / 2 });
        else
            append(*stream, batch, { loss, rate });
    }
    recorder.closeStream(run);
    recorder.setStatus(run, RunStatus::Finished);
    recorder.flush();
    recorder.flush(); // the pyramid is asked for when the end is committed
    return run;
}

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

std::vector<fs::path> columnFiles()
{
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(columnFolder(), none))
        files.push_back(entry.path());
    return files;
}

} // namespace

class ColumnFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void columnsEqualTheRows();
    void isUsedAgain();
    void whatIsDamagedIsMadeAnew();
    void resumedRunHasItsOwn();
    void growsBehindTheFile();
    void withoutAFolder();

private:
    // The notes of reading all of it, which is compared with the rows.
    QStringList compareAll(RunId run, bool isMapped)
    {
        const RunStore store(m_folder->file());
        m_rows.clear();
        for (const auto& metric : store.metrics(run))
            m_rows.push_back(store.series(run, metric));
        return compareAgain(run, isMapped);
    }
    // With the same rows as the last time.
    QStringList compareAgain(RunId run, bool isMapped)
    {
        QStringList notes;
        const RunStore store(m_folder->file());
        for (const Series& rows : m_rows) {
            const auto& metric = rows.metric;
            const auto packed = store.packed(run, metric.name);
            [&] {
                QVERIFY(packed);
                QCOMPARE(packed->values.isMapped(), isMapped);
                QCOMPARE(packed->x->isMapped(), isMapped);
                QCOMPARE(packed->values.size(), rows.value.size());
                QCOMPARE(packed->x->size(), rows.value.size());
                std::size_t equal = 0;
                for (std::size_t i = 0; i < rows.value.size(); ++i)
                    equal += same(packed->values[i], rows.value[i]) && packed->x->batch(i) == rows.batch[i]
                        && packed->x->time(i) == rows.time[i];
                QCOMPARE(equal, rows.value.size());
                if (!packed->note.empty())
                    notes.append(QString::fromStdString(packed->note));
            }();
        }
        return notes;
    }

    std::unique_ptr<Folder> m_folder;
    std::unique_ptr<QTemporaryDir> m_cache;
    std::vector<Series> m_rows;
};

void ColumnFileTest::init()
{
    m_folder = std::make_unique<Folder>();
    m_cache = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_cache->path().toUtf8());
    qputenv("NABIZ_MAPPED_FROM", "20000");
}

void ColumnFileTest::cleanup()
{
    qunsetenv("NABIZ_MAPPED_FROM");
}

void ColumnFileTest::columnsEqualTheRows()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    QVERIFY(compareAll(run, true).isEmpty());
    const RunStore store(m_folder->file());
    const auto loss = store.packed(run, "loss"), rate = store.packed(run, "rate"), val = store.packed(run, "val.loss");
    QVERIFY(!loss->values.isWide() && rate->values.isWide());
    QCOMPARE(rate->x.get(), loss->x.get()); // one column for both
    QVERIFY(loss->x->isContiguous() && !val->x->isContiguous());
    QVERIFY(val->x->order() && val->x->order()->batches && val->x->order()->times);
    // Three of values; all batches, and those of val.loss.
    QCOMPARE(columnFiles().size(), std::size_t { 5 });
    // Shorter columns need none.
    qunsetenv("NABIZ_MAPPED_FROM");
    compareAll(run, false);
}

void ColumnFileTest::isUsedAgain()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    compareAll(run, true);
    const auto inode = [](const fs::path& file) {
        struct stat status { };
        ::stat(file.c_str(), &status);
        return status.st_ino;
    };
    std::map<fs::path, ino_t> before;
    for (const fs::path& file : columnFiles())
        before[file] = inode(file);
    QVERIFY(compareAll(run, true).isEmpty());
    for (const fs::path& file : columnFiles())
        QCOMPARE(inode(file), before.at(file));
}

void ColumnFileTest::whatIsDamagedIsMadeAnew()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    compareAll(run, true);
    const std::size_t count = columnFiles().size();
    const std::initializer_list<std::pair<const char*, int>> damages { { "cut", -1 }, { "empty", -2 },
        { "no file of ours", 0 }, { "another version", int(offsetof(ColumnHeader, version)) },
        { "another state", int(offsetof(ColumnHeader, key)) }, { "another boot", int(offsetof(ColumnHeader, boot)) } };
    for (const auto& [damage, place] : damages) {
        for (const fs::path& file : columnFiles()) {
            if (place < 0) {
                fs::resize_file(file, place == -1 ? fs::file_size(file) - 1 : 0);
                continue;
            }
            std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekp(place); // of the header
            stream.put('\x7f');
        }
        const QStringList notes = compareAgain(run, true);
        QVERIFY2(notes.size() >= 3, damage);
        QVERIFY2(notes.first().contains(" is made anew: "), qPrintable(notes.first()));
        QVERIFY(compareAgain(run, true).isEmpty());
        QCOMPARE(columnFiles().size(), count);
    }
}

void ColumnFileTest::resumedRunHasItsOwn()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    compareAll(run, true);
    recorder.setStatus(run, RunStatus::Running);
    record(recorder, 50'000, kBatches, run); // as many as before
    compareAll(run, true);
}

// What comes to a run that is open stands behind what is mapped.
void ColumnFileTest::growsBehindTheFile()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    auto packed = RunStore(m_folder->file()).packed(run, "loss");
    QVERIFY(packed);
    ValueColumn values = packed->values;
    for (int i = 0; i < 1000; ++i)
        values.append(i);
    values.letGo();
    QCOMPARE(values.size(), std::size_t(kBatches) + 1000);
    QCOMPARE(values[kBatches - 1], packed->values[kBatches - 1]);
    QCOMPARE(values[kBatches + 999], 999.0);
    values.append(0.1); // needs float64: all of it moves into memory
    QVERIFY(values.isWide() && !values.isMapped());
    QCOMPARE(values[9], packed->values[9]);
}

void ColumnFileTest::withoutAFolder()
{
    Recorder recorder(m_folder->file());
    const RunId run = record(recorder, 0, kBatches);
    std::ofstream(m_cache->filePath("nabiz").toStdString()) << "in the way";
    QVERIFY(compareAll(run, false).isEmpty());
}

QTEST_GUILESS_MAIN(ColumnFileTest)
#include "tst_column_file.moc"
