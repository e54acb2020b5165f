// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/store_import.h"
#include "app/interchange/stores/living_writers.h"
#include "app/interchange/stores/source_text.h"
#include "app/run/run_name.h"
#include "storage/exchange/run_archive.h"
#include "storage/records/storage_error.h"

#include <set>

namespace nabiz::app {

namespace {

// Whatever bytes a source has in its names.
void makeReadable(storage::ImportedRun& run)
{
    run.name = madeUtf8(std::move(run.name));
    run.note = madeUtf8(std::move(run.note));
    for (auto& tag : run.tags)
        tag = madeUtf8(std::move(tag));
    for (auto& [key, value] : run.parameters) {
        key = madeUtf8(std::move(key));
        value = madeUtf8(std::move(value));
    }
    for (auto& [key, value] : run.facts)
        value = madeUtf8(std::move(value));
    for (auto& text : run.texts) {
        text.name = madeUtf8(std::move(text.name));
        text.text = madeUtf8(std::move(text.text));
    }
    std::set<std::string> names; // a table of two columns of one name has both
    for (auto& series : run.series) {
        series.name = series.name.empty() ? "unnamed" : madeUtf8(std::move(series.name));
        const auto name = series.name;
        for (int number = 2; !names.insert(series.name).second; ++number)
            series.name = name + " (" + std::to_string(number) + ")";
    }
}

} // namespace

bool keepRun(storage::ImportedRun run, storage::Recorder* recorder, ImportReport& report)
{
    makeReadable(run);
    if (looksLikeId(run.name) || run.name.empty()) // digits alone are an id
        run.name = run.source + ' ' + run.name;
    ImportedLine line { .source = run.source, .path = run.path, .damaged = run.damaged };
    if (recorder) {
        line.outcome = recorder->keepImported(run, freeRunName());
    } else {
        line.outcome.name = run.name;
        for (const auto& series : run.series)
            line.outcome.points += static_cast<std::int64_t>(series.points.size());
    }
    if (line.outcome.isBehind)
        return false;
    if (line.outcome.isTrashed) {
        report.skipped.push_back({ run.path, "it is run " + std::to_string(line.outcome.run) + ", in the trash" });
        return true;
    }
    report.runs.push_back(std::move(line));
    return true;
}

void importArchive(const std::filesystem::path& file, storage::Recorder* recorder, ImportReport& report)
{
    try {
        std::vector<storage::ImportedOutcome> outcomes;
        if (recorder)
            outcomes = storage::takeInRunArchive(recorder->file(), file, freeRunName());
        else
            for (const auto& run : storage::runsOfArchive(file))
                outcomes.push_back({ .name = run.name, .points = run.points });
        for (const auto& outcome : outcomes) {
            if (outcome.isTrashed)
                report.skipped.push_back(
                    { file.string(), "it is run " + std::to_string(outcome.run) + ", in the trash" });
            else
                report.runs.push_back({ outcome, "nabiz", file.string() });
        }
        if (outcomes.empty())
            report.skipped.push_back({ file.string(), "it holds no run" });
    } catch (const storage::StorageError& error) {
        report.skipped.push_back({ file.string(), error.what() });
    }
}

namespace {

void importStore(const FoundStore& store, const std::string& name, LivingWriters& writers, storage::Recorder* recorder,
    ImportReport& report)
{
    std::vector<storage::ImportedRun> runs;
    try {
        runs = store.format->open(store.path, store.label)->read(true);
    } catch (const StoreError& error) {
        report.skipped.push_back({ store.path.string(), error.what() });
        return;
    }
    if (runs.empty())
        report.skipped.push_back({ store.path.string(), "it holds no run with figures" });
    for (auto& run : runs) {
        if (!name.empty())
            run.name = name;
        settle(run, writers, lastHeard(run));
        keepRun(std::move(run), recorder, report);
    }
}

} // namespace

void importStores(
    const std::vector<FoundStore>& stores, const std::string& name, storage::Recorder* recorder, ImportReport& report)
{
    LivingWriters writers;
    for (const auto& store : stores)
        importStore(store, name, writers, recorder, report);
}

} // namespace nabiz::app
