// SPDX-License-Identifier: GPL-3.0-or-later
// The audit of one run: stands between the training loop and its sink, hands everything on, looks at the losses as they
// pass, and tells what it finds as events of the run, each once. A batch costs it a few additions. Training thread
// only.
#pragma once

#include "trainer/audit/loss_audit.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/sink.h"

namespace nabiz::trainer {

class RunAudit : public Sink {
public:
    RunAudit(const PreparedRun& run, const Config& declared, Sink& sink, std::stop_token stop);

    // What can be said before the first batch, fine or not: settings, data, leak. Throws Cancelled.
    static std::vector<Finding> beforeTraining(
        const PreparedRun& run, const Config& declared, const std::stop_token& stop);

    // Before the first batch; of a run that goes on (`resumed`) what there was to say has been said.
    void begin(bool resumed);
    void end(); // after the last

    void batch(
        std::int64_t batch, double time, std::span<const Metric> metrics, std::span<const double> values) override;
    void phase(Phase phase) override { m_sink.phase(phase); }
    void event(const Event& event) override { m_sink.event(event); }
    void checkpoint(const CheckpointFiles& files) override { m_sink.checkpoint(files); }
    void checkpointGone(std::int64_t batch) override { m_sink.checkpointGone(batch); }
    void settle() override { m_sink.settle(); }
    void prepared(const Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches) override
    {
        m_sink.prepared(applied, facts, batches);
    }

private:
    void tell(const std::vector<Finding>& findings);

    const PreparedRun& m_run;
    const Config& m_declared;
    Sink& m_sink;
    std::stop_token m_stop;
    std::optional<LossAudit> m_losses;
    bool m_gradientsSeen = false;
    std::int64_t m_batch = -1; // the newest
};

} // namespace nabiz::trainer
