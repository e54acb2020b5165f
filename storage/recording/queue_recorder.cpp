// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/queue_recorder.h"
#include "storage/recording/writer_thread.h"

namespace nabiz::storage {

QueueRecorder::QueueRecorder(WriterThread& writer)
    : m_writer(writer)
{
}

QueueState QueueRecorder::state()
{
    QueueState state;
    m_writer.wait({ .run = [&](Writers& to) { state = to.queue.state(); } });
    return state;
}

RunId QueueRecorder::add(
    const Run& run, const std::vector<Parameter>& parameters, std::size_t position, const NameChoice& freeName)
{
    RunId id = 0;
    const auto add = [&](Writers& to) {
        id = to.runs.add(run, parameters, freeName);
        to.queue.put(id, position);
    };
    m_writer.wait({ .run = add, .durable = true });
    return id;
}

QueueTake QueueRecorder::take(const std::string& group)
{
    QueueTake taken;
    m_writer.wait({ .run = [&](Writers& to) { taken = to.queue.take(group); } });
    return taken;
}

void QueueRecorder::putBack(RunId run)
{
    m_writer.post({ .run = [run](Writers& to) { to.queue.put(run, 0); } });
}

void QueueRecorder::setPaused(bool paused)
{
    m_writer.wait({ .run = [&](Writers& to) { to.queue.setPaused(paused); }, .durable = true });
}

bool QueueRecorder::move(RunId run, std::size_t position)
{
    bool isDone = false;
    m_writer.wait({ .run = [&](Writers& to) { isDone = to.queue.move(run, position); } });
    return isDone;
}

bool QueueRecorder::remove(RunId run)
{
    bool isDone = false;
    m_writer.wait({ .run = [&](Writers& to) { isDone = to.queue.remove(run); } });
    return isDone;
}

} // namespace nabiz::storage
