// SPDX-License-Identifier: GPL-3.0-or-later
// The validation loss: the mean over all targets of a fixed set of batches, in evaluation mode.
// Training thread only.
#pragma once

#include "trainer/data/sampler.h"
#include "trainer/loop/batch_share.h"
#include "trainer/model/agiformer.h"

#include <optional>
#include <stop_token>

namespace nabiz::trainer {

// Rows of ids, as the data gives them, on the model's device: inputs are all but the last id, targets all but the
// first.
struct IdBatch {
    IdBatch(std::span<const std::uint8_t> ids, std::int64_t length, at::Device device);
    at::Tensor inputs;
    at::Tensor targets;
};

// Products in `autocast`, as in training; each rank takes its rows of every batch. Nothing when `stop` was requested
// meanwhile, or there is nothing to validate on.
std::optional<double> evaluate(const Agiformer& model, const ValidationSet& set, const BatchShare& share,
    std::optional<at::ScalarType> autocast, std::stop_token stop);

} // namespace nabiz::trainer
