// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/row_queue.h"

#include <algorithm>
#include <cmath>

namespace nabiz::trainer {

namespace {

// More than this many batches in flight only add delay.
constexpr std::size_t kLongest = 8;

} // namespace

Message describe(const NonFinite& began)
{
    const std::string batch = std::to_string(began.batch);
    if (began.part == "gradient")
        return message(NABIZ_TEXT("Message",
                           "The loss has been NaN or infinite since batch %1; it began in the gradient of the step "
                           "before it: lower training.learning_rate or raise training.warmup_steps."),
            batch);
    if (began.part == "loss")
        return message(NABIZ_TEXT("Message",
                           "The loss has been NaN or infinite since batch %1; every part of the model still gave "
                           "numbers: lower training.learning_rate or raise training.warmup_steps."),
            batch);
    return message(NABIZ_TEXT("Message",
                       "The loss has been NaN or infinite since batch %1; it began in %2: lower "
                       "training.learning_rate or raise training.warmup_steps."),
        batch, began.part);
}

RowQueue::RowQueue(Sink& sink, c10::Device device, bool agrees)
    : m_sink(sink)
    , m_device(device)
    , m_agrees(agrees)
{
}

c10::Event RowQueue::mark() const
{
    c10::Event event(m_device.type(), c10::EventFlag::BACKEND_DEFAULT); // the kind that keeps its time
    event.record(c10::impl::VirtualGuardImpl(m_device.type()).getStream(m_device));
    return event;
}

void RowQueue::beginBatch()
{
    m_begun = std::chrono::steady_clock::now();
    if (!m_device.is_cpu())
        m_begunEvent = mark();
}

void RowQueue::endBatch()
{
    m_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
    if (!m_device.is_cpu())
        m_endedEvent = mark();
}

void RowQueue::add(BatchRow row, std::int64_t targets, const DeviceRow& values)
{
    Pending pending;
    pending.row = row;
    pending.targets = targets;
    pending.seconds = m_seconds;
    std::vector<at::Tensor> flat { values.loss.detach().view({ 1 }) };
    for (const Observation& observation : values.observations) {
        for (std::int64_t i = 0; i < observation.values.numel(); ++i)
            pending.metrics.push_back(static_cast<Metric>(static_cast<std::int64_t>(observation.first) + i));
        flat.push_back(observation.values.detach().reshape({ -1 }).to(at::kFloat));
    }
    for (const Trace& trace : values.traces) {
        pending.parts.push_back(trace.part);
        flat.push_back(trace.sum.view({ 1 }));
    }
    pending.host = at::cat(flat);
    if (!m_device.is_cpu()) {
        const at::Tensor pinned = at::empty(pending.host.sizes(), at::TensorOptions(at::kFloat).pinned_memory(true));
        pinned.copy_(pending.host, true);
        pending.host = pinned;
        pending.begun = std::move(m_begunEvent);
        pending.ended = std::move(m_endedEvent);
        pending.arrived = mark();
    }
    m_pending.push_back(std::move(pending));
    flush(false);
}

void RowQueue::flush(bool wait)
{
    while (m_agrees ? m_agreed > 0 : !m_pending.empty()) {
        Pending& next = m_pending.front();
        if (next.arrived && !next.arrived->query()) {
            if (!wait && m_pending.size() <= kLongest)
                return;
            next.arrived->synchronize();
        }
        emit(next);
        m_pending.pop_front();
        if (m_agrees)
            --m_agreed;
    }
}

std::vector<at::Tensor> RowQueue::unagreed()
{
    std::vector<at::Tensor> values;
    for (std::size_t i = m_agreed; i < m_pending.size(); ++i) {
        if (m_pending[i].arrived)
            m_pending[i].arrived->synchronize();
        values.push_back(m_pending[i].host);
    }
    return values;
}

void RowQueue::agree(const std::vector<std::pair<Metric, double>>& besides)
{
    if (m_agreed < m_pending.size()) {
        for (const auto& [metric, value] : besides)
            m_pending.back().row.set(metric, value);
    }
    m_agreed = m_pending.size();
    flush(false);
}

void RowQueue::emit(Pending& pending)
{
    BatchRow& row = pending.row;
    const float* values = pending.host.const_data_ptr<float>();
    row.set(Metric::Loss, static_cast<double>(values[0]));
    for (std::size_t i = 0; i < pending.metrics.size(); ++i)
        row.set(pending.metrics[i], static_cast<double>(values[i + 1]));
    const double seconds = pending.begun ? pending.begun->elapsedTime(*pending.ended) / 1000.0 : pending.seconds;
    row.set(Metric::BatchSeconds, seconds);
    if (seconds > 0)
        row.set(Metric::TokensPerSecond, static_cast<double>(pending.targets) / seconds);
    m_sink.batch(row.batch(), row.time(), row.metrics(), row.values());

    m_lastBatch = row.batch();
    watch(pending, std::isfinite(values[0]));
}

void RowQueue::watch(const Pending& pending, bool lossIsFinite)
{
    const float* values = pending.host.const_data_ptr<float>() + 1;
    if (lossIsFinite) {
        m_nonFinite.reset();
    } else if (!m_nonFinite) {
        m_nonFinite = { m_lastBatch, m_gradientWasFinite ? "loss" : "gradient" };
        for (std::size_t i = 0; i < pending.parts.size() && m_gradientWasFinite; ++i) {
            if (std::isfinite(values[pending.metrics.size() + i]))
                continue;
            m_nonFinite->part = pending.parts[i];
            break;
        }
    }
    // With a gradient scale an overflow is its everyday: the step was left out.
    const bool isScaled = std::ranges::find(pending.metrics, Metric::GradScale) != pending.metrics.end();
    for (std::size_t i = 0; i < pending.metrics.size(); ++i) {
        if (pending.metrics[i] == Metric::GradNorm)
            m_gradientWasFinite = isScaled || std::isfinite(values[i]);
    }
}

} // namespace nabiz::trainer
