// SPDX-License-Identifier: GPL-3.0-or-later
// The one writer: a thread of its own with the only writing connection. Points come through a wait-free stream a run,
// and are written in one transaction every 200 ms, which a slow disk does not hold up (checkpointer.h); then the same
// rows are handed on. Edits queue behind them. Every member function may be called from any thread; those that return a
// value wait for the writer.
#pragma once

#include "storage/recording/queue_recorder.h"
#include "storage/recording/words_recorder.h"
#include "storage/records/imported_run.h"
#include "storage/records/written.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nabiz::storage {

// The producer's end of one run. One thread at a time.
class Stream {
public:
    virtual ~Stream() = default;
    // Wait-free and without allocation while there is room. When a stalled disk has filled the queue (30 s of 5 000
    // batches a second) it waits for room, and an event says so: nothing is dropped.
    virtual void append(
        std::int64_t batch, double time, std::span<const std::uint16_t> metrics, std::span<const double> values)
        = 0;
};

struct RecorderOptions {
    std::chrono::milliseconds interval { 200 };
    std::size_t rows = 150'000; // room of a stream, in rows
    // Called on the writer's thread with rows that are committed.
    std::function<void(RunId, std::span<const Row>)> committed;
    // Called on the writer's thread. While writing fails, rows are kept and tried again; it is told once, and when it
    // is over.
    std::function<void(const Trouble&)> trouble;
};

// Where the checkpoints of its runs lie.
std::filesystem::path checkpointsOf(const std::filesystem::path& database);

class Recorder {
public:
    // Opens or creates the database, brings it to this version's schema, and marks live runs whose process is gone as
    // interrupted. Throws StorageError.
    explicit Recorder(std::filesystem::path file, RecorderOptions options = {});
    // Writes all that has come: where that fails for a second, into a file that the next who opens the database brings
    // in.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    std::filesystem::path file() const;
    // The runs it found whose process was gone.
    const std::vector<RunId>& interrupted() const;
    // Goes on in a copy of the database at this place, where none may be yet. Waits; throws StorageError.
    void moveTo(const std::filesystem::path& file);
    // FILE-checkpoints/ID beside the database.
    std::filesystem::path checkpointFolder(RunId run) const;

    // Stores the run with its declared parameters and returns its id. `run.created` is filled when 0.
    // `freeName`: makes the name one that no run has yet, whoever else adds one at the same time.
    RunId addRun(const Run& run, const std::vector<Parameter>& parameters, const NameChoice& freeName = {});
    // Runs that wait for their turn, and what a person writes about runs.
    QueueRecorder& queue();
    WordsRecorder& words();
    // Makes a run of ours that has ended this process's again, preparing, with what it declares from now on. Waits.
    // False, and nothing is done, for one that is live anywhere, in the trash, not there, or of another program.
    bool takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches);
    // A run of another program: the same again adds nothing, a grown one its new points, and all of it is stored or
    // nothing. Waits; throws StorageError.
    ImportedOutcome keepImported(const ImportedRun& run, const NameChoice& freeName);
    // In the order of the metric numbers used in rows. Of those without a name nothing may come.
    std::shared_ptr<Stream> openStream(RunId run, std::vector<Metric> metrics);
    // The run is to end: its producer waits for room no more, whatever the disk does.
    void hasten(RunId run);
    // Takes everything out of the stream, writes it and forgets it. The stream must not be used afterwards.
    void closeStream(RunId run);

    // `started` and `ended` are set by the first Preparing and the first status that is not live.
    void setStatus(RunId run, RunStatus status, std::string failure = {});
    void setPrepared(RunId run, const std::vector<Parameter>& applied, std::map<std::string, std::string> facts,
        std::int64_t plannedBatches);
    void addEvent(RunId run, Event event);
    void addCheckpoint(RunId run, Checkpoint checkpoint);
    void removeCheckpoint(RunId run, std::int64_t batch);
    // Waits. False, and nothing is done, for a run that is live, in the trash already, or not there.
    bool putInTrash(RunId run);
    void restore(RunId run);
    // For good, with its checkpoints; from the trash or not.
    void deleteRun(RunId run);

    // Waits until everything asked for so far is committed, and takes it to the disk itself soon. Throws StorageError.
    void flush();
    // Finds out soon whether the file is still there, though nothing is to be written.
    void look();
    // Waits until what cannot be written is at least set aside; none: nothing waits. Before a window closes.
    std::optional<Trouble> secure();

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::storage
