// SPDX-License-Identifier: GPL-3.0-or-later
// What a person writes about a run, the reports written of it and its stretches: written, closed, opened again, read.
#include "tests/storage/storage_fixture.h"

#include <QtTest>

using namespace nabiz::storage;

class RunWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTexts()
    {
        const Folder folder;
        RunId id = 0;
        RunId other = 0;
        {
            Recorder recorder(folder.file());
            Run run { .name = "a", .status = RunStatus::Finished };
            run.texts["page"] = "# A page\n";
            id = recorder.addRun(run, {});
            other = addRun(recorder, "b");
            recorder.words().setText(id, "problem", "Bellek yetmiyor.\n\n| <b> `x`");
            recorder.words().setText(id, "solution", "first");
            recorder.words().setText(id, "solution", "second");
            recorder.words().setText(id, "conclusion", "gone soon");
            recorder.words().setText(id, "conclusion", "");
            recorder.words().setText(other + 77, "problem", "of no run");
        }
        const RunStore store(folder.file());
        const std::map<std::string, std::string> wanted { { "page", "# A page\n" },
            { "problem", "Bellek yetmiyor.\n\n| <b> `x`" }, { "solution", "second" } };
        QCOMPARE(store.run(id)->run.texts, wanted);
        QVERIFY(store.run(other)->run.texts.empty());
        for (const auto& overview : store.runs())
            QCOMPARE(overview.run.texts.size(), overview.run.id == id ? wanted.size() : 0);
        QCOMPARE(store.check(), std::string("ok"));
    }

    void keepsReportsUntilTheRunGoes()
    {
        const Folder folder;
        Recorder recorder(folder.file());
        const RunId id = addRun(recorder, "a", RunStatus::Finished);
        recorder.words().addReport(
            { .run = id, .folder = "/tmp/a", .language = "en", .written = 5, .version = "0.1.0" });
        recorder.words().addReport(
            { .run = id, .folder = "/tmp/a-2", .language = "tr", .written = 6, .version = "0.1.0" });
        recorder.words().addReport(
            { .run = id + 9, .folder = "/tmp/none", .language = "tr", .written = 7, .version = "0" });
        recorder.flush();
        const RunStore store(folder.file());
        const auto reports = store.reports(id);
        QCOMPARE(reports.size(), std::size_t(2));
        QCOMPARE(reports[0].folder, std::string("/tmp/a-2"));
        QCOMPARE(reports[0].language, std::string("tr"));
        QCOMPARE(reports[1].written, std::int64_t(5));
        QCOMPARE(reports[1].version, std::string("0.1.0"));
        recorder.words().setText(id, "problem", "x");
        recorder.deleteRun(id);
        recorder.flush();
        QVERIFY(store.reports(id).empty());
        QVERIFY(!store.run(id));
    }

    void tellsStretches()
    {
        const Folder folder;
        Recorder recorder(folder.file());
        const RunId id = addRun(recorder, "a", RunStatus::Running);
        for (const std::int64_t first : { 0, 3 }) {
            const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
            for (std::int64_t batch = first; batch < first + 5; ++batch)
                append(*stream, batch, { 1.0 });
            recorder.closeStream(id);
        }
        recorder.flush();
        const auto segments = RunStore(folder.file()).segments(id);
        QCOMPARE(segments.size(), std::size_t(2));
        QCOMPARE(segments[0].firstBatch, std::int64_t(0));
        QCOMPARE(segments[1].number, std::int64_t(1));
        QCOMPARE(segments[1].firstBatch, std::int64_t(3));
        QVERIFY(segments[1].started >= segments[0].started);
    }
};

QTEST_GUILESS_MAIN(RunWordsTest)
#include "tst_run_words.moc"
