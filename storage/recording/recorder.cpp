// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/recorder.h"
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

    void edit(RunId run, const char* what, nlohmann::json values, std::int64_t time = now())
    {
        writer.post({ .edit = RunEdit { run, what, std::move(values), time } });
    }
    void openStream(RunId run, const std::vector<Metric>& metrics, const std::shared_ptr<PointStream>& stream);
    void closeStream(RunId run);
    void removeRun(RunId run, const fs::path& checkpoints);
    // After the run has ended: in a transaction of its own, since it may take seconds.
    void postPyramid(RunId run)
    {
        writer.post({ .run = [run](RunWriter& runs) { runs.writeMissingPyramid(run); }, .urgent = false });
    }
    // Unless more rows may come.
    void refreshSummary(RunWriter& runs, RunId run)
    {
        const auto state = writer.streams().find(run);
        if (state == writer.streams().end() || state->second.closing)
            runs.refreshSummary(run);
    }

    const std::size_t rows;
    std::mutex mutex;
    fs::path file; // guarded by mutex
    WriterThread writer; // last
};

void Recorder::Private::openStream(
    RunId run, const std::vector<Metric>& metrics, const std::shared_ptr<PointStream>& stream)
{
    auto state = std::make_shared<StreamState>();
    state->run = run;
    state->stream = stream;
    const auto open = [this, run, metrics, state](RunWriter& runs) {
        if (writer.streams().contains(run))
            throw std::logic_error("run " + std::to_string(run) + " has an open stream already");
        if (!runs.exists(run))
            throw std::logic_error("there is no run " + std::to_string(run));
        runs.dropSummary(run); // more points are coming
        state->created = runs.created(run);
        state->metrics = runs.metricIds(run, metrics);
        state->segment = runs.nextSegment(run);
        state->nextSeq = runs.nextSeq(run);
    };
    writer.wait({ .run = open, .committed = [this, run, state] { writer.streams().emplace(run, std::move(*state)); } });
}

void Recorder::Private::closeStream(RunId run)
{
    const auto close = [this, run](RunWriter& runs) {
        const auto state = writer.streams().find(run);
        if (state == writer.streams().end())
            return;
        writer.tellWait(state->second);
        refreshSummary(runs, run);
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
            writer.tell({ TroubleKind::Folder, text, 0, checkpoints });
        }
    };
    writer.post({ .run = [run](RunWriter& runs) { runs.remove(run); }, .committed = removed });
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
    m_private->writer.wait({ .run = [&](RunWriter& runs) { id = runs.add(run, parameters, freeName); } });
    return id;
}

ImportedOutcome Recorder::keepImported(const ImportedRun& run, const NameChoice& freeName)
{
    ImportedOutcome outcome;
    const auto keep = [&](RunWriter& runs) { outcome = runs.keepImported(run, freeName); };
    m_private->writer.wait({ .run = keep });
    if (outcome.newPoints > 0)
        m_private->postPyramid(outcome.run);
    return outcome;
}

RunId Recorder::addToQueue(
    const Run& run, const std::vector<Parameter>& parameters, std::size_t position, const NameChoice& freeName)
{
    RunId id = 0;
    const auto add = [&](RunWriter& runs) {
        id = runs.add(run, parameters, freeName);
        runs.putInQueue(id, position);
    };
    m_private->writer.wait({ .run = add, .durable = true });
    return id;
}

QueueState Recorder::queue()
{
    QueueState state;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { state = runs.queue(); } });
    return state;
}

QueueTake Recorder::takeFromQueue(const std::string& group)
{
    QueueTake take;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { take = runs.takeFromQueue(group); } });
    return take;
}

void Recorder::setQueuePaused(bool paused)
{
    m_private->writer.wait({ .run = [&](RunWriter& runs) { runs.setQueuePaused(paused); }, .durable = true });
}

void Recorder::putBackInQueue(RunId run)
{
    m_private->writer.post({ .run = [run](RunWriter& runs) { runs.putInQueue(run, 0); } });
}

bool Recorder::moveInQueue(RunId run, std::size_t position)
{
    bool done = false;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { done = runs.moveInQueue(run, position); } });
    return done;
}

bool Recorder::removeFromQueue(RunId run)
{
    bool done = false;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { done = runs.removeFromQueue(run); } });
    return done;
}

bool Recorder::takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches)
{
    bool done = false;
    m_private->writer.wait(
        { .run = [&](RunWriter& runs) { done = runs.takeAgain(run, declared, plannedBatches); }, .durable = true });
    return done;
}

std::shared_ptr<Stream> Recorder::openStream(RunId run, std::vector<Metric> metrics)
{
    // A stream of this run that was closed just now goes with the transaction that is under way.
    m_private->writer.wait({ .run = [](RunWriter&) {} });
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
            .run = [this, run](RunWriter& runs) { m_private->refreshSummary(runs, run); },
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

void Recorder::rename(RunId run, std::string name)
{
    m_private->edit(run, "name", nlohmann::json::array({ std::move(name) }));
}

void Recorder::setWhy(RunId run, std::string why)
{
    m_private->edit(run, "why", nlohmann::json::array({ std::move(why) }));
}

void Recorder::setNote(RunId run, std::string note)
{
    m_private->edit(run, "note", nlohmann::json::array({ std::move(note) }));
}

void Recorder::setText(RunId run, std::string name, std::string text)
{
    m_private->edit(run, "text", nlohmann::json::array({ std::move(name), std::move(text) }));
}

void Recorder::addReport(WrittenReport report)
{
    m_private->edit(report.run, "report",
        nlohmann::json::array({ report.folder, report.language, report.written, report.version }));
}

void Recorder::setTags(RunId run, std::vector<std::string> tags)
{
    m_private->edit(run, "tags", std::move(tags));
}

void Recorder::setStarred(RunId run, bool starred)
{
    m_private->edit(run, "starred", nlohmann::json::array({ starred }));
}

bool Recorder::putInTrash(RunId run)
{
    bool done = false;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { done = runs.putInTrash(run); } });
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
    m_private->writer.throwIfFailing();
    m_private->writer.wait({ .run = [](RunWriter&) {}, .durable = true });
}

void Recorder::look()
{
    m_private->writer.post({ .run = [](RunWriter&) {} });
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
