// SPDX-License-Identifier: GPL-3.0-or-later
// Does a position see what follows it? Changes everything behind a position and looks whether what comes out at or
// before it moves: through the whole model, then part by part, so that the part that leaks has a name. Without gradient
// or dropout, with the weights as they are; the model is left as it was. Training thread only.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/model/agiformer.h"

#include <stop_token>

namespace nabiz::trainer {

// (B, T, …) → (B, T, …), the same at every call.
using Probed = std::function<at::Tensor(const at::Tensor& input)>;

// How far outputs at or before a position move when inputs behind it are changed, at most over a few positions drawn
// from `seed`, in standard deviations of the output. 0 where they stay within what is the noise of its numbers. Ids
// (kLong) are changed to other ids below `vocabulary`.
double movedByWhatFollows(const Probed& probed, const at::Tensor& input, std::uint64_t seed, std::int64_t vocabulary);

struct LeakResult {
    double moved = 0; // of the model's logits, as above
    std::vector<std::string> parts; // that leak by themselves
};

// Of a model whose logits are `logits` of ids (1, T).
LeakResult probeLeaks(const Probed& logits, const std::vector<ModelPart>& parts, const ModelConfig& config,
    at::Device device, std::uint64_t seed, const std::stop_token& stop);

// The same of the model, as a finding. Throws Cancelled.
Finding auditLeak(const Agiformer& model, std::uint64_t seed, const std::stop_token& stop);

} // namespace nabiz::trainer
