// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/recording_sink.h"

#include "trainer/base/finding.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace nabiz::app {

namespace {

const char* kindName(trainer::EventKind kind)
{
    switch (kind) {
    case trainer::EventKind::Log:
        return "log";
    case trainer::EventKind::Warning:
        return "warning";
    case trainer::EventKind::Sample:
        return "sample";
    case trainer::EventKind::Evaluation:
        return "evaluation";
    case trainer::EventKind::Checkpoint:
        return "checkpoint";
    case trainer::EventKind::Throttle:
        return "throttle";
    case trainer::EventKind::Audit:
        return "audit";
    case trainer::EventKind::Memory:
        return "memory";
    }
    return "log";
}

std::int64_t nowMs()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// A finding is stored so that it can be had again, and its English says the whole of it.
std::string englishText(const trainer::Event& event)
{
    if (event.kind == trainer::EventKind::Audit) {
        if (const auto finding = trainer::findingFrom(event.message.text, event.message.arguments))
            return trainer::describe(*finding);
    }
    return event.message.english();
}

} // namespace

storage::Event toStorage(const trainer::Event& event)
{
    return { .kind = kindName(event.kind),
        .batch = event.batch,
        .time = nowMs(),
        .text = englishText(event),
        .message = event.message.text,
        .arguments = event.message.arguments };
}

RecordingSink::RecordingSink(storage::Recorder& recorder, storage::RunId run, storage::Stream& stream,
    const trainer::Config& declared, storage::Facts facts, double seconds, Observer observer)
    : m_recorder(recorder)
    , m_run(run)
    , m_stream(stream)
    , m_declared(declared)
    , m_facts(std::move(facts))
    , m_observer(std::move(observer))
{
    // The trainer counts seconds from here on: with it a chart can show the time of day.
    storage::beginStretch(m_facts, seconds, nowMs());
}

void RecordingSink::batch(
    std::int64_t batch, double time, std::span<const trainer::Metric> metrics, std::span<const double> values)
{
    // Numbers of the metric table, which are the stream's own: see recordedMetrics().
    std::array<std::uint16_t, storage::kRowValues> numbers;
    for (std::size_t begin = 0; begin < metrics.size(); begin += numbers.size()) {
        const std::size_t count = std::min(metrics.size() - begin, numbers.size());
        for (std::size_t i = 0; i < count; ++i)
            numbers[i] = static_cast<std::uint16_t>(metrics[begin + i]);
        m_stream.append(batch, time, { numbers.data(), count }, values.subspan(begin, count));
    }
    m_lastBatch = batch;
}

// A pause is noted at both its ends: what a chart leaves out of the time.
void RecordingSink::phase(trainer::Phase phase)
{
    const bool paused = phase == trainer::Phase::Paused;
    if (paused && !m_paused)
        note("pause", trainer::message(NABIZ_TEXT("Message", "Paused.")));
    else if (phase == trainer::Phase::Running && m_paused)
        note("resume", trainer::message(NABIZ_TEXT("Message", "Went on.")));
    m_paused = paused;
    m_observer.phase(phase);
}

void RecordingSink::note(const char* kind, const trainer::Message& message)
{
    const storage::Event stored { .kind = kind,
        .batch = m_lastBatch,
        .time = nowMs(),
        .text = message.english(),
        .message = message.text,
        .arguments = message.arguments };
    m_recorder.addEvent(m_run, stored);
    m_observer.event(stored);
}

void RecordingSink::event(const trainer::Event& event)
{
    const storage::Event stored = toStorage(event);
    m_recorder.addEvent(m_run, stored);
    m_observer.event(stored);
}

void RecordingSink::checkpoint(const trainer::CheckpointFiles& files)
{
    m_recorder.addCheckpoint(m_run, { .batch = files.batch, .folder = files.folder, .bytes = files.bytes });
    m_observer.changed();
}

void RecordingSink::checkpointGone(std::int64_t batch)
{
    m_recorder.removeCheckpoint(m_run, batch);
    m_observer.changed();
}

void RecordingSink::settle()
{
    try {
        m_recorder.flush();
    } catch (const storage::StorageError&) {
        return; // the recorder tells of it itself, and keeps what has come
    }
}

void RecordingSink::prepared(
    const trainer::Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches)
{
    std::vector<storage::Parameter> parameters;
    for (const trainer::Parameter& row : trainer::parameterTable())
        parameters.push_back({ .key = std::string(row.key),
            .declared = trainer::toYaml(m_declared.value(row.key)),
            .applied = trainer::toYaml(applied.value(row.key)) });
    for (const auto& [name, text] : facts)
        m_facts.insert_or_assign(name, text);
    m_recorder.setPrepared(m_run, parameters, m_facts, batches);
    m_observer.changed();
}

} // namespace nabiz::app
