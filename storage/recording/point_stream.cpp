// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/point_stream.h"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace nabiz::storage {

void WriterSignal::wake()
{
    {
        const std::lock_guard lock(mutex);
        urgent = true;
    }
    changed.notify_all();
}

PointStream::PointStream(std::size_t rows, std::shared_ptr<WriterSignal> signal)
    : m_queue(std::max<std::size_t>(rows, 1))
    , m_signal(std::move(signal))
{
    const Row blank {};
    for (std::size_t row = 0; row < rows; ++row)
        m_queue.try_enqueue(blank);
    while (m_queue.pop()) { }
}

void PointStream::append(
    std::int64_t batch, double time, std::span<const std::uint16_t> metrics, std::span<const double> values)
{
    assert(metrics.size() == values.size());
    std::size_t done = 0;
    do {
        const auto count = std::min<std::size_t>(metrics.size() - done, kRowValues);
        Row row;
        row.batch = batch;
        row.time = time;
        row.count = static_cast<std::int32_t>(count);
        std::copy_n(metrics.data() + done, count, row.metric);
        std::copy_n(values.data() + done, count, row.value);
        if (!m_queue.try_enqueue(row)) [[unlikely]]
            wait(row);
        done += count;
    } while (done < metrics.size());
}

void PointStream::wait(const Row& row)
{
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        const auto taken = m_taken.load();
        if (m_abandoned.load() || m_queue.try_enqueue(row))
            break;
        m_signal->wake();
        m_taken.wait(taken);
    }
    const auto waited = std::chrono::steady_clock::now() - begin;
    m_waitedMicroseconds += std::chrono::duration_cast<std::chrono::microseconds>(waited).count();
}

void PointStream::take(std::vector<Row>& rows)
{
    // No more than what is there now: a fast producer would otherwise keep the writer here.
    auto left = m_queue.size_approx();
    if (left == 0)
        return;
    rows.reserve(rows.size() + left);
    for (; left > 0; --left) {
        const Row* row = m_queue.peek();
        if (!row)
            break;
        rows.push_back(*row);
        m_queue.pop();
    }
    ++m_taken;
    m_taken.notify_all();
}

void PointStream::abandon()
{
    m_abandoned = true;
    ++m_taken;
    m_taken.notify_all();
}

double PointStream::takeWaited()
{
    return static_cast<double>(m_waitedMicroseconds.exchange(0)) / 1e6;
}

} // namespace nabiz::storage
