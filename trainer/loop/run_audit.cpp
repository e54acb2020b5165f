// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/run_audit.h"

#include "trainer/audit/data_audit.h"
#include "trainer/audit/gradient_audit.h"
#include "trainer/audit/leak_probe.h"
#include "trainer/audit/settings_audit.h"

#include <cmath>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::uint64_t kProbeSeed = 4;
// Optimizer steps after which a gradient has reached what it ever reaches, those that a scaler skips included; a run
// that ends sooner is looked at when it has made a few.
constexpr std::int64_t kSteps = 20, kLeastSteps = 8;

// Of one evaluation; 0 when the run makes none.
std::int64_t validationTargets(const PreparedRun& run)
{
    if (run.applied.integer("training.eval_interval") == 0)
        return 0;
    std::vector<std::uint8_t> ids(static_cast<std::size_t>(
        run.applied.integer("training.batch_size") * run.applied.integer("model.max_seq_len")));
    std::int64_t targets = 0;
    for (std::int64_t i = 0; i < run.validation.batches(); ++i)
        targets += run.validation.batch(i, ids);
    return targets;
}

} // namespace

RunAudit::RunAudit(const PreparedRun& run, const Config& declared, Sink& sink, std::stop_token stop)
    : m_run(run)
    , m_declared(declared)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

std::vector<Finding> RunAudit::beforeTraining(
    const PreparedRun& run, const Config& declared, const std::stop_token& stop)
{
    std::vector<Finding> findings { auditLeak(run.model, kProbeSeed, stop) };
    for (const auto& more : { auditData(run.dataset, run.applied, stop),
             auditSettings(declared, run.applied, !run.dataset.validation().empty()) })
        findings.insert(findings.end(), more.begin(), more.end());
    return findings;
}

void RunAudit::begin(bool resumed)
{
    if (!resumed)
        tell(beforeTraining(m_run, m_declared, m_stop));
    m_gradientsSeen = resumed && m_run.optimizer.steps() >= kSteps;
    m_losses.emplace(LossAudit::Setup { m_run.applied.integer("model.vocab_size"),
        m_run.applied.boolean("model.causal"), resumed || !m_run.applied.text("model.init").empty(),
        floorOf(m_run.dataset, m_run.applied, m_stop), validationTargets(m_run) });
}

void RunAudit::batch(std::int64_t batch, double time, std::span<const Metric> metrics, std::span<const double> values)
{
    m_sink.batch(batch, time, metrics, values);
    m_batch = batch;
    double loss = NAN, seconds = 0, rate = 0;
    std::optional<double> validation;
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        if (metrics[i] == Metric::Loss)
            loss = values[i];
        else if (metrics[i] == Metric::ValLoss)
            validation = values[i];
        else if (metrics[i] == Metric::BatchSeconds)
            seconds = values[i];
        else if (metrics[i] == Metric::TokensPerSecond)
            rate = values[i];
    }
    if (m_losses)
        tell(m_losses->batch(loss, std::llround(rate * seconds), validation)); // the rate is targets over seconds
    if (!m_gradientsSeen && m_run.optimizer.steps() >= kSteps) {
        m_gradientsSeen = true;
        tell(auditGradients(m_run.optimizer, m_run.model.config()));
    }
}

void RunAudit::end()
{
    if (m_losses)
        tell(m_losses->end());
    if (!std::exchange(m_gradientsSeen, true) && m_run.optimizer.steps() >= kLeastSteps)
        tell(auditGradients(m_run.optimizer, m_run.model.config()));
}

void RunAudit::tell(const std::vector<Finding>& findings)
{
    for (const Finding& finding : findings)
        m_sink.event({ EventKind::Audit, m_batch, toMessage(finding) });
}

} // namespace nabiz::trainer
