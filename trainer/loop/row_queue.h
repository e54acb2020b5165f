// SPDX-License-Identifier: GPL-3.0-or-later
// Times a batch and brings its row to the sink. On a CPU a row leaves at once; on CUDA the batch is timed by events of
// its stream and its scalars are copied into pinned memory behind its work, so that a GPU step never waits: the row
// leaves, in order, when they have arrived. Training thread only.
#pragma once

#include "trainer/loop/batch_row.h"
#include "trainer/loop/sink.h"
#include "trainer/model/layers/pass.h"

#include <ATen/ATen.h>
#include <c10/core/Event.h>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nabiz::trainer {

// What a batch leaves on the device for its row.
struct DeviceRow {
    at::Tensor loss;
    std::vector<Observation> observations; // scalars, or values that follow one another
    std::vector<Trace> traces; // in the order of the parts: where a NaN began

    void add(Metric metric, const at::Tensor& value) { observations.push_back({ metric, value }); }
};

// Where the losses that are no numbers began.
struct NonFinite {
    std::int64_t batch = 0;
    std::string part; // "blocks.2.attn"; "gradient" when a step of NaN came before; "loss" when every part was finite
};
Message describe(const NonFinite& began);

class RowQueue {
public:
    // `agrees`: a row leaves when the ranks have agreed on it.
    RowQueue(Sink& sink, c10::Device device, bool agrees = false);

    // Around the work of one batch: batch_seconds is the time between the two.
    void beginBatch();
    void endBatch();
    double seconds() const { return m_seconds; } // between the two; on CUDA, of giving it its work
    // The row of the batch that has just ended. `targets` that were not padding.
    void add(BatchRow row, std::int64_t targets, const DeviceRow& values);
    // Hands on what has arrived; with `wait` everything.
    void flush(bool wait);
    // Of the rows that the ranks have not agreed on: loss, then values and traces; to be replaced by those of all.
    std::vector<at::Tensor> unagreed();
    // They are agreed on; the newest gets these besides.
    void agree(const std::vector<std::pair<Metric, double>>& besides);

    // While the losses are NaN or infinite.
    const std::optional<NonFinite>& nonFinite() const { return m_nonFinite; }
    std::int64_t lastBatch() const { return m_lastBatch; } // the newest handed on; -1 = none

private:
    struct Pending {
        BatchRow row;
        std::int64_t targets = 0;
        std::vector<Metric> metrics; // of the values behind the loss
        std::vector<std::string_view> parts; // of the traces behind them
        at::Tensor host; // loss, values, traces
        double seconds = 0;
        std::optional<c10::Event> begun, ended, arrived; // on CUDA
    };
    c10::Event mark() const;
    void emit(Pending& pending);
    void watch(const Pending& pending, bool lossIsFinite);

    Sink& m_sink;
    c10::Device m_device;
    const bool m_agrees;
    std::deque<Pending> m_pending;
    std::size_t m_agreed = 0; // of them, the first so many
    std::chrono::steady_clock::time_point m_begun;
    double m_seconds = 0;
    std::optional<c10::Event> m_begunEvent, m_endedEvent;
    std::optional<NonFinite> m_nonFinite;
    bool m_gradientWasFinite = true; // at the last step
    std::int64_t m_lastBatch = -1;
};

} // namespace nabiz::trainer
