// SPDX-License-Identifier: GPL-3.0-or-later
// One stream of passes through the model: whether dropout acts and where its masks come from, in which numbers it
// computes, what it keeps for the backward pass, the memory's state from batch to batch, and what is to be seen of the
// last pass. Training thread only.
#pragma once

#include "trainer/config/parameters/metric_table.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

// What the memory carries from one batch to the next.
struct MemoryState {
    at::Tensor newest; // (B, 1, d), the last position of the batch before; undefined at first
    at::Tensor slots; // (M, d): what evaluation has written; undefined while the model's own hold
    std::int64_t passes = 0;
};

// Values for the run's record, on the device: `values` (n), named by n metrics that follow one another from `first`.
struct Observation {
    Metric first;
    at::Tensor values;
};

// A number of a part's output that is NaN or infinite where any of its elements is.
struct Trace {
    std::string_view part; // lives as long as the model
    at::Tensor sum;
};

// A part of every batch, of which other processes pass the other parts: what is of the whole batch, they say together.
// As many rows in each part, one's behind another's.
struct BatchPart {
    int number = 0;
    int count = 1;
    std::function<at::Tensor(const at::Tensor&)> sum; // over the parts; of all that are at this place
    std::function<at::Tensor(const at::Tensor&)> gather; // rows of all parts
};

class Pass {
public:
    static Pass evaluation() { return Pass(); }
    static Pass training(double dropout, std::uint64_t seed);

    // Products in this type, sums and norms in float32; nothing = float32 throughout.
    Pass& setAutocast(std::optional<at::ScalarType> type);
    // Blocks keep their inputs alone and are computed again in the backward pass.
    Pass& setCheckpointing(bool on);

    Pass& setPart(std::shared_ptr<const BatchPart> part);
    // The mean over the batch of a mean over this part of it; its gradient is this part's share.
    at::Tensor batchMean(const at::Tensor& mean);
    bool isPart() const { return m_part != nullptr; }
    at::Tensor batchRows(const at::Tensor& rows) const { return m_part ? m_part->gather(rows) : rows; }

    bool isTraining() const { return m_training; }
    bool isCheckpointing() const { return m_checkpointing; }
    std::optional<at::ScalarType> autocast() const { return m_autocast; }
    double dropoutProbability() const { return m_training ? m_dropout : 0.0; }
    at::Tensor dropout(const at::Tensor& x);
    // How many masks have been drawn: with the seed, the whole state of the stream.
    std::uint64_t calls() const { return m_calls; }
    std::uint64_t seed() const { return m_seed; }
    // Goes on with a stream at that place.
    void setStream(std::uint64_t seed, std::uint64_t calls)
    {
        m_seed = seed;
        m_calls = calls;
    }

    MemoryState& memory() { return m_memory; }
    const MemoryState& memory() const { return m_memory; }

    // Forgets what was seen of the pass before.
    void begin();
    void observe(Metric first, const at::Tensor& values);
    void trace(std::string_view part, const at::Tensor& x);
    const std::vector<Observation>& observations() const { return m_observations; }
    const std::vector<Trace>& traces() const { return m_traces; }

    // For values that no gradient flows through: `compute` runs once, and a recomputation is given what it gave.
    at::Tensor kept(const std::function<at::Tensor()>& compute);
    // Before a part that will be recomputed: a copy that draws the same masks, takes what is kept, and observes
    // nothing. What this pass keeps from here on is the copy's.
    Pass replay();
    void endKeeping() { m_kept.reset(); }

private:
    struct Kept {
        std::vector<at::Tensor> values;
        std::size_t next = 0; // of a recomputation
    };

    Pass() = default;

    bool m_training = false;
    bool m_checkpointing = false;
    bool m_replaying = false;
    std::optional<at::ScalarType> m_autocast;
    double m_dropout = 0;
    std::uint64_t m_seed = 0;
    std::uint64_t m_calls = 0;
    MemoryState m_memory;
    std::vector<Observation> m_observations;
    std::vector<Trace> m_traces;
    std::shared_ptr<Kept> m_kept;
    std::shared_ptr<const BatchPart> m_part; // none = the whole batch
};

} // namespace nabiz::trainer
