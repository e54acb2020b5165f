// SPDX-License-Identifier: GPL-3.0-or-later
// Times a batch and brings its row to the sink. On a CPU a row leaves at once; on CUDA the batch is timed by events of its
// stream and its scalars are copied into pinned memory behind its work, so that a GPU step never waits: the row leaves,
// in order, when they have arrived. Training thread only.
#pragma once

#include "trainer/loop/batch_row.h"
#include "trainer/loop/sink.h"

#include <ATen/ATen.h>
#include <c10/core/Event.h>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace nabiz::trainer {

// A metric whose value is a scalar on the device.
struct DeviceValue {
    Metric metric;
    at::Tensor value;
};

class RowQueue {
public:
    RowQueue(Sink& sink, c10::Device device);

    // Around the work of one batch: batch_seconds is the time between the two.
    void beginBatch();
    void endBatch();
    // The row of the batch that has just ended; the first value is its loss. `targets` that were not padding.
    void add(BatchRow row, std::int64_t targets, const std::vector<DeviceValue>& values);
    // Hands on what has arrived; with `wait` everything.
    void flush(bool wait);

    // The batch at which the losses turned NaN or infinite, while they still are.
    std::optional<std::int64_t> nonFiniteSince() const { return m_nonFiniteSince; }
    std::int64_t lastBatch() const { return m_lastBatch; } // the newest handed on; -1 = none

private:
    struct Pending {
        BatchRow row;
        std::int64_t targets = 0;
        std::vector<Metric> metrics;
        at::Tensor host;
        double seconds = 0;
        std::optional<c10::Event> begun, ended, arrived; // on CUDA
    };
    c10::Event mark() const;
    void emit(Pending& pending);

    Sink& m_sink;
    c10::Device m_device;
    std::deque<Pending> m_pending;
    std::chrono::steady_clock::time_point m_begun;
    double m_seconds = 0;
    std::optional<c10::Event> m_begunEvent, m_endedEvent;
    std::optional<std::int64_t> m_nonFiniteSince;
    std::int64_t m_lastBatch = -1;
};

} // namespace nabiz::trainer
