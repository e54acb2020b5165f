// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recorder.h"
#include "storage/writer_thread.h"

#include <stdexcept>
#include <utility>

namespace nabiz::storage {

namespace fs = std::filesystem;

class Recorder::Private {
public:
    Private(fs::path path, RecorderOptions recorderOptions)
        : file(fs::absolute(path))
        , rows(recorderOptions.rows)
        , writer(file, std::move(recorderOptions))
    {
    }

    using Edit = std::function<void(RunWriter&)>;
    void post(Edit edit) { writer.post({ .run = std::move(edit) }); }
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

    const fs::path file;
    const std::size_t rows;
    WriterThread writer;
};

void Recorder::Private::openStream(RunId run, const std::vector<Metric>& metrics,
    const std::shared_ptr<PointStream>& stream)
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
        state->second.closing = true;
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
    writer.post({ .run = close, .committed = closed });
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
            writer.report(text.append(checkpoints.string()).append(" (").append(error.message()).append(")"));
        }
    };
    writer.post({ .run = [run](RunWriter& runs) { runs.remove(run); }, .committed = removed });
}

Recorder::Recorder(fs::path file, RecorderOptions options)
    : m_private(std::make_unique<Private>(std::move(file), std::move(options)))
{
}

Recorder::~Recorder() = default;

const fs::path& Recorder::file() const
{
    return m_private->file;
}

fs::path Recorder::checkpointFolder(RunId run) const
{
    return m_private->file.string() + "-checkpoints/" + std::to_string(run);
}

RunId Recorder::addRun(const Run& run, const std::vector<Parameter>& parameters)
{
    RunId id = 0;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { id = runs.add(run, parameters); } });
    return id;
}

std::shared_ptr<Stream> Recorder::openStream(RunId run, std::vector<Metric> metrics)
{
    auto stream = std::make_shared<PointStream>(m_private->rows, m_private->writer.signal());
    m_private->openStream(run, metrics, stream);
    return stream;
}

void Recorder::closeStream(RunId run)
{
    m_private->closeStream(run);
}

void Recorder::setStatus(RunId run, RunStatus status, std::string failure)
{
    const auto edit = [this, run, status, failure = std::move(failure)](RunWriter& runs) {
        runs.setStatus(run, status, failure);
        m_private->refreshSummary(runs, run);
    };
    const auto committed = [this, run, status] {
        if (!isLive(status))
            m_private->postPyramid(run);
    };
    m_private->writer.post({ .run = edit, .committed = committed, .durable = !isLive(status) });
}

void Recorder::setPrepared(RunId run, const std::vector<Parameter>& applied, std::map<std::string, std::string> facts,
    std::int64_t plannedBatches)
{
    m_private->post([run, applied, facts = std::move(facts), plannedBatches](
                        RunWriter& runs) { runs.setPrepared(run, applied, facts, plannedBatches); });
}

void Recorder::addEvent(RunId run, Event event)
{
    if (event.time == 0)
        event.time = now();
    m_private->writer.post(
        { .run = [run, event = std::move(event)](RunWriter& runs) { runs.addEvent(run, event); }, .urgent = false });
}

void Recorder::addCheckpoint(RunId run, Checkpoint checkpoint)
{
    m_private->post([run, checkpoint = std::move(checkpoint)](RunWriter& runs) { runs.addCheckpoint(run, checkpoint); });
}

void Recorder::removeCheckpoint(RunId run, std::int64_t batch)
{
    m_private->post([run, batch](RunWriter& runs) { runs.removeCheckpoint(run, batch); });
}

void Recorder::rename(RunId run, std::string name)
{
    m_private->post([run, name = std::move(name)](RunWriter& runs) { runs.rename(run, name); });
}

void Recorder::setWhy(RunId run, std::string why)
{
    m_private->post([run, why = std::move(why)](RunWriter& runs) { runs.setWhy(run, why); });
}

void Recorder::setNote(RunId run, std::string note)
{
    m_private->post([run, note = std::move(note)](RunWriter& runs) { runs.setNote(run, note); });
}

void Recorder::setText(RunId run, std::string name, std::string text)
{
    m_private->post(
        [run, name = std::move(name), text = std::move(text)](RunWriter& runs) { runs.setText(run, name, text); });
}

void Recorder::addReport(WrittenReport report)
{
    m_private->post([report = std::move(report)](RunWriter& runs) { runs.addReport(report); });
}

void Recorder::setTags(RunId run, std::vector<std::string> tags)
{
    m_private->post([run, tags = std::move(tags)](RunWriter& runs) { runs.setTags(run, tags); });
}

void Recorder::setStarred(RunId run, bool starred)
{
    m_private->post([run, starred](RunWriter& runs) { runs.setStarred(run, starred); });
}

bool Recorder::putInTrash(RunId run)
{
    bool done = false;
    m_private->writer.wait({ .run = [&](RunWriter& runs) { done = runs.putInTrash(run); } });
    return done;
}

void Recorder::restore(RunId run)
{
    m_private->post([run](RunWriter& runs) { runs.restore(run); });
}

void Recorder::deleteRun(RunId run)
{
    m_private->removeRun(run, checkpointFolder(run));
}

void Recorder::flush()
{
    m_private->writer.wait({ .run = [](RunWriter&) {}, .durable = true });
}

} // namespace nabiz::storage
