// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows of every batch are this rank's, and what it takes to treat the ranks' parts as the one batch that they
// are. Every rank draws the whole batch, which is cheap, so that nobody must be asked what is in it. Training thread.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/model/layers/pass.h"

#include <span>

namespace nabiz::trainer {

class BatchShare {
public:
    // `rows` of a batch, which the ranks divide without remainder.
    BatchShare(Comm& comm, std::int64_t rows, std::int64_t length);

    bool isPart() const { return m_comm.size() > 1; }
    std::size_t batchIds() const { return static_cast<std::size_t>(m_rows * m_length); }
    std::span<const std::uint8_t> own(std::span<const std::uint8_t> batch) const;
    // Targets among them that are not padding.
    std::int64_t ownTargets(std::span<const std::uint8_t> batch) const;
    // What this rank's part of a loss counts in the batch's mean: the loss of its own rows, made so that the ranks'
    // sum is the mean over all `targets` of the batch.
    at::Tensor weighted(
        const at::Tensor& logits, const at::Tensor& ownTargets, std::int64_t own, std::int64_t targets) const;
    double sum(double value) const;
    // For a pass; nothing of a lone rank.
    std::shared_ptr<const BatchPart> part() const { return m_part; }

private:
    Comm& m_comm;
    std::int64_t m_rows;
    std::int64_t m_length;
    std::shared_ptr<const BatchPart> m_part;
};

} // namespace nabiz::trainer
