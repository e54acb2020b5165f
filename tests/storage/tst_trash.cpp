// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "storage/recording/run_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <fstream>
#include <mutex>

using namespace nabiz::storage;

namespace {

std::vector<RunId> ids(const std::vector<RunOverview>& runs)
{
    std::vector<RunId> result;
    for (const auto& overview : runs)
        result.push_back(overview.run.id);
    return result;
}

} // namespace

class TrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void starIsKept();
    void trashHidesAndGivesBack();
    void aLiveRunStays();
    void livingAgainRestores();
    void deletesForGood();
    void saysWhatItTakes();
    void countsNoFolderThatIsGone();
    void sweepsHalfMadeCheckpoints();
    void tellsOfAFolderThatStays();
    void parametersOfAllRuns();
};

void TrashTest::starIsKept()
{
    const Folder folder;
    RunId a = 0, b = 0;
    {
        Recorder recorder(folder.file());
        Run starred;
        starred.name = "a";
        starred.status = RunStatus::Reference;
        starred.starred = true;
        a = recorder.addRun(starred, {});
        b = addRun(recorder, "b", RunStatus::Reference);
        recorder.words().setStarred(b, true);
        recorder.words().setStarred(a, false);
    }
    const RunStore store(folder.file());
    QVERIFY(!store.run(a)->run.starred);
    QVERIFY(store.run(b)->run.starred);
}

void TrashTest::trashHidesAndGivesBack()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto first = addRun(recorder, "same", RunStatus::Reference);
    const auto second = addRun(recorder, "same", RunStatus::Reference);
    const auto third = addRun(recorder, "other", RunStatus::Reference);
    QVERIFY(recorder.putInTrash(second));
    QVERIFY(!recorder.putInTrash(second));
    QVERIFY(!recorder.putInTrash(999));
    const RunStore store(folder.file());
    QCOMPARE(ids(store.runs()), (std::vector<RunId> { third, first }));
    QVERIFY(store.find("same") == first);
    QVERIFY(store.find(std::to_string(second)) == second);
    QVERIFY(store.run(second)->run.deleted);
    QTRY_VERIFY(nabiz::storage::now() > *store.run(second)->run.deleted); // times are in whole milliseconds
    QVERIFY(recorder.putInTrash(third));
    QCOMPARE(store.trash().size(), std::size_t { 2 });
    QCOMPARE(store.trash().front().overview.run.id, third);
    recorder.restore(second);
    recorder.restore(third);
    recorder.flush();
    QCOMPARE(ids(store.runs()), (std::vector<RunId> { third, second, first }));
    QVERIFY(store.trash().empty());
}

void TrashTest::aLiveRunStays()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto run = addRun(recorder, "live", RunStatus::Queued);
    QVERIFY(!recorder.putInTrash(run));
    recorder.setStatus(run, RunStatus::Running);
    QVERIFY(!recorder.putInTrash(run));
    recorder.setStatus(run, RunStatus::Finished);
    QVERIFY(recorder.putInTrash(run));
}

void TrashTest::livingAgainRestores()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto run = addRun(recorder, "again", RunStatus::Finished);
    QVERIFY(recorder.putInTrash(run));
    recorder.setStatus(run, RunStatus::Preparing);
    recorder.flush();
    QVERIFY(!RunStore(folder.file()).run(run)->run.deleted);
}

void TrashTest::deletesForGood()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto run = addRun(recorder, "gone", RunStatus::Finished);
    const auto checkpoints = recorder.checkpointFolder(run);
    std::filesystem::create_directories(checkpoints / "10");
    std::ofstream(checkpoints / "10" / "model.safetensors") << "weights";
    recorder.addCheckpoint(run, { 10, (checkpoints / "10").string(), 7 });
    QVERIFY(recorder.putInTrash(run));
    QVERIFY(std::filesystem::exists(checkpoints / "10" / "model.safetensors"));
    recorder.deleteRun(run);
    recorder.flush();
    QVERIFY(!std::filesystem::exists(checkpoints));
    const RunStore store(folder.file());
    QVERIFY(store.trash().empty());
    QVERIFY(!store.run(run));
}

// Dense and sparse metrics; the estimate may be off by what the first thousand batches do not tell.
void TrashTest::saysWhatItTakes()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto run = addRun(recorder, "sized", RunStatus::Queued);
    const auto stream = recorder.openStream(run, metricsNamed({ "loss", "val.loss" }));
    for (int batch = 0; batch < 5000; ++batch)
        append(*stream, batch, batch % 50 == 0 ? std::vector<double> { 1, 2 } : std::vector<double> { 1 });
    recorder.closeStream(run);
    std::filesystem::create_directory(folder.file("ten"));
    recorder.addCheckpoint(run, { 10, folder.file("ten").string(), 1'000'000 });
    recorder.setStatus(run, RunStatus::Finished);
    QVERIFY(recorder.putInTrash(run));
    const auto bytes = RunStore(folder.file()).trash().at(0).bytes;
    const double expected = 1'000'000 + 23.0 * (5000 + 100);
    QVERIFY2(std::abs(static_cast<double>(bytes) - expected) < 0.01 * expected, std::to_string(bytes).c_str());
}

// The trainer keeps the latest three and deletes those before; a person may delete the rest.
void TrashTest::countsNoFolderThatIsGone()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto run = addRun(recorder, "sized", RunStatus::Finished);
    const auto checkpoints = recorder.checkpointFolder(run);
    for (const std::int64_t batch : { 10, 20, 30 }) {
        std::filesystem::create_directories(checkpoints / std::to_string(batch));
        recorder.addCheckpoint(run, { batch, (checkpoints / std::to_string(batch)).string(), 1'000'000 });
    }
    recorder.flush();
    QCOMPARE(RunStore(folder.file()).checkpoints(run).size(), std::size_t { 3 });
    std::filesystem::remove_all(checkpoints / "10");
    std::filesystem::remove_all(checkpoints / "20");
    QCOMPARE(RunStore(folder.file()).checkpoints(run).size(), std::size_t { 1 });
    QVERIFY(recorder.putInTrash(run));
    QCOMPARE(RunStore(folder.file()).trash().at(0).bytes, std::int64_t { 1'000'000 });
    std::filesystem::create_directories(checkpoints / "40");
    recorder.addCheckpoint(run, { 40, (checkpoints / "40").string(), 1'000'000 });
    recorder.flush();
    SQLite::Database database(folder.file().string(), SQLite::OPEN_READONLY);
    QCOMPARE(database.execAndGet("SELECT group_concat(batch) FROM checkpoint").getString(), std::string("30,40"));
}

void TrashTest::sweepsHalfMadeCheckpoints()
{
    const Folder folder;
    std::filesystem::path ended, living, unknown;
    const auto half = [](const std::filesystem::path& checkpoints) {
        std::filesystem::create_directories(checkpoints / "batch-10");
        std::filesystem::create_directories(checkpoints / "batch-20.partial");
        std::ofstream(checkpoints / "batch-20.partial" / "model.safetensors") << "weights";
    };
    {
        Recorder recorder(folder.file());
        ended = recorder.checkpointFolder(addRun(recorder, "ended", RunStatus::Interrupted));
        living = recorder.checkpointFolder(addRun(recorder, "living", RunStatus::Running));
        unknown = recorder.checkpointFolder(77);
    }
    for (const auto& checkpoints : { ended, living, unknown })
        half(checkpoints);
    Recorder recorder(folder.file());
    recorder.flush();
    QVERIFY(!std::filesystem::exists(ended / "batch-20.partial"));
    QVERIFY(std::filesystem::exists(ended / "batch-10"));
    QVERIFY(std::filesystem::exists(living / "batch-20.partial")); // it is being written
    QVERIFY(!std::filesystem::exists(unknown / "batch-20.partial"));
}

// Not the same as points that cannot be written.
void TrashTest::tellsOfAFolderThatStays()
{
    const Folder folder;
    std::mutex mutex;
    std::vector<Trouble> troubles;
    RecorderOptions options;
    options.trouble = [&](const Trouble& trouble) {
        const std::lock_guard lock(mutex);
        troubles.push_back(trouble);
    };
    Recorder recorder(folder.file(), options);
    const auto run = addRun(recorder, "gone", RunStatus::Finished);
    const auto parent = recorder.checkpointFolder(run).parent_path();
    std::filesystem::create_directory_symlink("/proc/self/fd", parent); // from where nobody can delete anything
    QVERIFY(std::filesystem::is_symlink(recorder.checkpointFolder(run)));
    recorder.deleteRun(run);
    recorder.flush();
    const std::lock_guard lock(mutex);
    QCOMPARE(troubles.size(), std::size_t { 1 });
    QCOMPARE(troubles[0].kind, TroubleKind::Folder);
    QVERIFY(troubles[0].place.string().ends_with("/" + std::to_string(run)));
}

void TrashTest::parametersOfAllRuns()
{
    const Folder folder;
    Recorder recorder(folder.file());
    Run run;
    run.status = RunStatus::Reference;
    const auto a = recorder.addRun(run, { { "x", "1", "" }, { "y", "text", "other" } });
    const auto b = recorder.addRun(run, { { "z", "1", "" }, { "x", "2", "1" } });
    const auto hidden = recorder.addRun(run, { { "w", "1", "" } });
    QVERIFY(recorder.putInTrash(hidden));
    const RunStore store(folder.file());
    const auto table = store.parameterTable();
    QCOMPARE(table.keys, (std::vector<std::string> { "x", "y", "z" }));
    QCOMPARE(table.runs.size(), std::size_t { 2 });
    const auto value = [&table](RunId id, std::size_t key) {
        const auto& numbers = table.runs.at(id);
        return key < numbers.size() ? table.texts.at(numbers[key]) : std::string();
    };
    QCOMPARE(value(a, 0), std::string("1"));
    QCOMPARE(value(a, 1), std::string("other"));
    QCOMPARE(value(a, 2), std::string());
    QCOMPARE(value(b, 0), std::string("1"));
    QCOMPARE(value(b, 2), std::string("1"));
    QCOMPARE(table.runs.at(a)[0], table.runs.at(b)[0]); // one text for both
    const auto one = store.parameterTable(b);
    QCOMPARE(one.keys, (std::vector<std::string> { "z", "x" }));
    QCOMPARE(one.runs.size(), std::size_t { 1 });
}

QTEST_GUILESS_MAIN(TrashTest)
#include "tst_trash.moc"
