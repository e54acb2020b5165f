// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/recorder.h"
#include "storage/recording/derived.h"
#include "storage/recording/import_writer.h"
#include "storage/recording/stream_start.h"
#include "storage/recording/writer_thread.h"

#include <mutex>
#include <stdexcept>
#include <utility>

namespace nabiz::storage {

namespace fs = std::filesystem;

class Recorder::Private {
public:
    Private(fs::path path, RecorderOptions recorderOptions)
        : rows(recorderOptions.rows)
        , file(fs::absolute(path))
        , writer(file, std::move(recorderOptions))
    {
    }

    void edit(RunId run, const char* what, nlohmann::json values)
    {
        writer.post({ .edit = RunEdit { run, what, std::move(values), now() } });
    }
    void openStream(RunId run, const std::vector<Metric>& metrics, const std::shared_ptr<PointStream>& stream);
    void closeStream(RunId run);
    void removeRun(RunId run, const fs::path& checkpoints);
    // After the run has ended: in a transaction of its own, since it may take seconds.
    void postPyramid(RunId run)
    {
        writer.post({ .run = [run](Writers& to) { writeMissingPyramid(to.database, run); }, .urgent = false });
    }
    // Unless more rows may come.
    void refresh(Writers& to, RunId run)
    {
        const auto state = writer.streams().find(run);
        if (state == writer.streams().end() || state->second.closing)
            refreshSummary(to.database, run);
    }

    const std::size_t rows;
    std::mutex mutex;
    fs::path file; // guarded by mutex
    WriterThread writer;
    QueueRecorder queue { writer };
    WordsRecorder words { writer };
};

void Recorder::Private::openStream(
    RunId run, const std::vector<Metric>& metrics, const std::shared_ptr<PointStream>& stream)
{
    auto state = std::make_shared<StreamState>();
    state->run = run;
    state->stream = stream;
    const auto open = [this, run, metrics, state](Writers& to) {
        if (writer.streams().contains(run))
            throw std::logic_error("run " + std::to_string(run) + " has an open stream already");
        if (!to.runs.exists(run))
            throw std::logic_error("there is no run " + std::to_string(run));
        dropSummary(to.database, run);
        state->created = to.runs.created(run);
        state->metrics = metricIds(to.database, run, metrics);
        state->segment = nextSegment(to.database, run);
        state->nextSeq = nextSeq(to.database, run);
    };
    writer.wait({ .run = open, .committed = [this, run, state] { writer.streams().emplace(run, std::move(*state)); } });
}

void Recorder::Private::closeStream(RunId run)
{
    const auto close = [this, run](Writers& to) {
        const auto state = writer.streams().find(run);
        if (state == writer.streams().end())
            return;
        state->second.tellWait(to.runs);
        refresh(to, run);
    };
    const auto closed = [this, run] {
        const auto state = writer.streams().find(run);
        if (state == writer.streams().end())
            return;
        state->second.stream->abandon();
        writer.streams().erase(state);
        postPyramid(run);
    };
    writer.post({ .run = close, .committed = closed, .closes = run });
}

void Recorder::Private::removeRun(RunId run, const fs::path& checkpoints)
{
    const auto removed = [this, run, checkpoints] {
        if (const auto state = writer.streams().find(run); state != writer.streams().end())
            state->second.deleted = true;
        std::error_code error;
        fs::remove_all(checkpoints, error);
        if (error) {
            std::string text = "Could not delete this folder, do it by hand: ";
            text.append(checkpoints.string()).append(" (").append(error.message()).append(")");
            writer.trouble().tell({ TroubleKind::Folder, text, 0, checkpoints });
        }
    };
    writer.post({ .run = [run](Writers& to) { to.runs.remove(run); }, .committed = removed });
}

Recorder::Recorder(fs::path file, RecorderOptions options)
    : m_private(std::make_unique<Private>(std::move(file), std::move(options)))
{
}

Recorder::~Recorder() = default;

const std::vector<RunId>& Recorder::interrupted() const
{
    return m_private->writer.interrupted();
}

fs::path Recorder::file() const
{
    const std::lock_guard lock(m_private->mutex);
    return m_private->file;
}

void Recorder::moveTo(const fs::path& file)
{
    const auto target = fs::absolute(file).lexically_normal();
    m_private->writer.wait({ .alone = [&] {
        m_private->writer.moveTo(target);
        const std::lock_guard lock(m_private->mutex);
        m_private->file = target;
    } });
}

fs::path Recorder::checkpointFolder(RunId run) const
{
    return checkpointsOf(file()) / std::to_string(run);
}

RunId Recorder::addRun(const Run& run, const std::vector<Parameter>& parameters, const NameChoice& freeName)
{
    RunId id = 0;
    m_private->writer.wait({ .run = [&](Writers& to) { id = to.runs.add(run, parameters, freeName); } });
    return id;
}

ImportedOutcome Recorder::keepImported(const ImportedRun& run, const NameChoice& freeName)
{
    ImportedOutcome outcome;
    const auto keep = [&](Writers& to) { outcome = ImportWriter(to.database, to.runs).keep(run, freeName); };
    m_private->writer.wait({ .run = keep });
    if (outcome.newPoints > 0)
        m_private->postPyramid(outcome.run);
    return outcome;
}

QueueRecorder& Recorder::queue()
{
    return m_private->queue;
}

WordsRecorder& Recorder::words()
{
    return m_private->words;
}

bool Recorder::takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches)
{
    bool done = false;
    m_private->writer.wait(
        { .run = [&](Writers& to) { done = to.queue.takeAgain(run, declared, plannedBatches); }, .durable = true });
    return done;
}

std::shared_ptr<Stream> Recorder::openStream(RunId run, std::vector<Metric> metrics)
{
    // A stream of this run that was closed just now goes with the transaction that is under way.
    m_private->writer.wait({ .run = [](Writers&) {} });
    auto stream = std::make_shared<PointStream>(m_private->rows, m_private->writer.signal());
    m_private->openStream(run, metrics, stream);
    return stream;
}

void Recorder::hasten(RunId run)
{
    m_private->writer.hasten(run);
}

void Recorder::closeStream(RunId run)
{
    m_private->closeStream(run);
}

void Recorder::setStatus(RunId run, RunStatus status, std::string failure)
{
    const auto committed = [this, run, status] {
        if (!isLive(status))
            m_private->postPyramid(run);
    };
    m_private->writer.post(
        { .edit = RunEdit { run, "status", { std::string(name(status)), std::move(failure) }, now() },
            .run = [this, run](Writers& to) { m_private->refresh(to, run); },
            .committed = committed,
            .durable = !isLive(status) });
}

void Recorder::setPrepared(RunId run, const std::vector<Parameter>& applied, std::map<std::string, std::string> facts,
    std::int64_t plannedBatches)
{
    auto parameters = nlohmann::json::array();
    for (const Parameter& parameter : applied)
        parameters.push_back(toJson(parameter));
    m_private->edit(run, "prepared", { parameters, facts, plannedBatches });
}

void Recorder::addEvent(RunId run, Event event)
{
    m_private->writer.post(
        { .edit = RunEdit { run, "event", toJson(event), event.time ? event.time : now() }, .urgent = false });
}

void Recorder::addCheckpoint(RunId run, Checkpoint checkpoint)
{
    m_private->edit(run, "checkpoint", { checkpoint.batch, checkpoint.folder, checkpoint.bytes });
}

void Recorder::removeCheckpoint(RunId run, std::int64_t batch)
{
    m_private->edit(run, "no checkpoint", nlohmann::json::array({ batch }));
}

bool Recorder::putInTrash(RunId run)
{
    bool done = false;
    m_private->writer.wait({ .run = [&](Writers& to) { done = to.runs.putInTrash(run); } });
    return done;
}

void Recorder::restore(RunId run)
{
    m_private->edit(run, "restore", nlohmann::json::array());
}

void Recorder::deleteRun(RunId run)
{
    m_private->removeRun(run, checkpointFolder(run));
}

void Recorder::flush()
{
    m_private->writer.trouble().throwIfFailing();
    m_private->writer.wait({ .run = [](Writers&) {}, .durable = true });
}

void Recorder::look()
{
    m_private->writer.post({ .run = [](Writers&) {} });
}

std::optional<Trouble> Recorder::secure()
{
    std::optional<Trouble> trouble;
    m_private->writer.wait({ .alone = [&] { trouble = m_private->writer.secure(); } });
    return trouble;
}

fs::path checkpointsOf(const fs::path& database)
{
    return database.string() + "-checkpoints";
}

} // namespace nabiz::storage
