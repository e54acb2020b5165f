// SPDX-License-Identifier: GPL-3.0-or-later
// Hands what a training run tells to the recorder, in the database's terms. Lives on the training thread; `batch`
// passes points straight into the run's stream, without allocation, lock or disk.
#pragma once

#include "storage/recording/recorder.h"
#include "storage/records/run_clock.h"
#include "trainer/loop/sink.h"

#include <functional>
#include <map>
#include <string>

namespace nabiz::app {

storage::Event toStorage(const trainer::Event& event);

class RecordingSink final : public trainer::Sink {
public:
    struct Observer {
        std::function<void(trainer::Phase)> phase;
        std::function<void(const storage::Event&)> event;
        std::function<void()> changed; // settings, facts or checkpoints of the record
    };

    // `facts` are joined by those of `prepared`; `seconds` were trained before.
    RecordingSink(storage::Recorder& recorder, storage::RunId run, storage::Stream& stream,
        const trainer::Config& declared, storage::Facts facts, double seconds, Observer observer);

    void batch(std::int64_t batch, double time, std::span<const trainer::Metric> metrics,
        std::span<const double> values) override;
    void phase(trainer::Phase phase) override;
    void event(const trainer::Event& event) override;
    void checkpoint(const trainer::CheckpointFiles& files) override;
    void checkpointGone(std::int64_t batch) override;
    void settle() override;
    void prepared(
        const trainer::Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches) override;

private:
    void note(const char* kind, const trainer::Message& message);

    storage::Recorder& m_recorder;
    const storage::RunId m_run;
    storage::Stream& m_stream;
    const trainer::Config m_declared;
    storage::Facts m_facts;
    const Observer m_observer;
    std::int64_t m_lastBatch = -1;
    bool m_paused = false;
};

} // namespace nabiz::app
