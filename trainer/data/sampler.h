// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the samples of training and of evaluation from a Dataset, which must outlive them. Samples depend on data and
// seed alone: not on the batch size, the machine or the standard library.
#pragma once

#include "trainer/data/dataset.h"

#include <cstdint>
#include <span>

namespace nabiz::trainer {

// One thread. An epoch visits every sample once in an order of its own, then the next begins.
//   window  samples of max_seq_len ids, laid edge to edge from a place drawn anew for each epoch; every place of the
//   text is
//           the first of a sample equally often in the long run, none is seen twice in an epoch
//   line    a line a sample, cut at max_seq_len, padded with 0
// The order is a permutation that is computed, not stored, so the place in it is two numbers.
class Sampler {
public:
    struct State {
        std::uint64_t seed = 0;
        std::uint64_t epoch = 0;
        std::uint64_t position = 0; // samples taken in this epoch
        bool operator==(const State&) const = default;
    };

    Sampler(const Dataset& dataset, const Config& config, std::uint64_t seed);

    // Fills whole rows of max_seq_len ids, usually batch_size of them; 0 = padding. Returns how many targets (all but
    // the first id of a row) are not padding.
    std::int64_t next(std::span<std::uint8_t> ids);

    // Samples of the present epoch.
    std::uint64_t epochSamples() const { return m_samples; }
    const State& save() const { return m_state; }
    void restore(const State& state);

private:
    void beginEpoch();

    const Dataset* m_dataset;
    std::uint64_t m_length;
    bool m_lines;
    State m_state;
    std::uint64_t m_phase = 0;
    std::uint64_t m_samples = 0;
};

// The same batches at every evaluation, whatever the seed: at most eval_batches of them, 0 = as many as there are.
// Any thread.
//   block   windows spread evenly over the validation text, never overlapping; or lines spread evenly over its lines
//   sample  windows at places drawn once from a fixed seed; or lines spread evenly over the lines split off
class ValidationSet {
public:
    ValidationSet(const Dataset& dataset, const Config& config);

    // 0 when there is no validation.
    std::int64_t batches() const { return m_batches; }
    std::int64_t samples() const { return static_cast<std::int64_t>(m_samples.size()); }
    // batch_size × max_seq_len ids; rows behind the last sample are all padding. Returns the targets that are not
    // padding.
    std::int64_t batch(std::int64_t index, std::span<std::uint8_t> ids) const;

private:
    const Dataset* m_dataset;
    std::uint64_t m_length;
    std::int64_t m_rows;
    std::int64_t m_batches = 0;
    std::vector<Line> m_samples; // into the validation text
};

} // namespace nabiz::trainer
