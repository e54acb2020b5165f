// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the database through a read-only connection of its own. One thread at a time an object; make one a thread. All
// throw StorageError; a run that is not there is std::nullopt or empty.
#pragma once

#include "storage/reading/packed_series.h"
#include "storage/reading/series_figures.h"
#include "storage/records/imported_run.h"
#include "storage/records/queue_state.h"
#include "storage/records/written.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::storage {

class RunStore {
public:
    explicit RunStore(const std::filesystem::path& file);
    ~RunStore();
    RunStore(RunStore&&) noexcept;

    // As it was when this was opened.
    struct Opened {
        std::string
            waiting; // what was set aside (side_file.h) and could not be brought in, as a sentence; empty: nothing
        int schemaVersion = 0;
        bool isNewer = false; // of a later version: what this one does not know is left out
    };
    const Opened& opened() const;

    // Newest first, without those in the trash. One whose process is gone is interrupted, whatever stands in the file.
    std::vector<RunOverview> runs() const;
    // The latest deletion first.
    std::vector<TrashedRun> trash() const;
    std::vector<RunId> trashedIds() const; // in the same order
    std::optional<RunOverview> run(RunId id) const;
    // By id, also in the trash, or else the newest with that name outside of it.
    std::optional<RunId> find(const std::string& idOrName) const;
    std::vector<Parameter> parameters(RunId run) const;
    // Of all runs outside of the trash, or in it, or of one.
    ParameterTable parameterTable(std::optional<RunId> only = {}, bool trash = false) const;
    std::vector<Metric> metrics(RunId run) const;
    Series series(RunId run, const Metric& metric) const;
    std::vector<Event> events(RunId run) const;
    std::vector<Checkpoint> checkpoints(RunId run) const;
    std::vector<Segment> segments(RunId run) const;
    QueueState queue() const;
    // Where the imported runs come from.
    std::vector<ImportedSource> imported() const;
    // The latest first.
    std::vector<WrittenReport> reports(RunId run) const;
    // Of every metric of the run, at once where it has a pyramid, else in one pass; no points are held.
    std::vector<SeriesFigures> figures(RunId run) const;
    std::optional<RunDetail> detail(RunId run) const;
    // The same at once, however long the run: of curves that have a pyramid only a preview (Series::previewOf). All
    // points of such a one by `packed`.
    std::optional<RunDetail> outline(RunId run) const;
    // All points of one metric, or of what another program calls it (metric_aliases.h); std::nullopt when the run has
    // no such metric, or no point of it.
    std::optional<PackedSeries> packed(RunId run, const std::string& metric) const;

    // Every batch in order, for exports of any length: one value a metric, in the order of `metrics`, no value = empty.
    struct HistoryRow {
        std::int64_t batch = 0;
        double time = 0;
        std::vector<std::optional<double>> values;
    };
    void history(
        RunId run, const std::vector<Metric>& metrics, const std::function<void(const HistoryRow&)>& row) const;

    // PRAGMA integrity_check: "ok" or what is wrong.
    std::string check() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

std::string sqliteVersion();

// $NABIZ_DB, else $XDG_DATA_HOME/nabiz/nabiz.db, else ~/.local/share/nabiz/nabiz.db. Throws StorageError{Missing} when
// there is no home.
std::filesystem::path defaultDatabase();
// As a person wrote it: a ~ in front is their home.
std::filesystem::path databasePath(const std::string& written);

} // namespace nabiz::storage
