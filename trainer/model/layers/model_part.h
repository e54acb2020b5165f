// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the model by itself, for those who look into it: the leak probe, the device check.
// Training thread only.
#pragma once

#include "trainer/model/layers/pass.h"

#include <functional>
#include <string>

namespace nabiz::trainer {

// `run`: (B, T, d) → (B, T, d); the encoder's input is ids (B, T).
struct ModelPart {
    std::string name;
    std::function<at::Tensor(const at::Tensor& input, Pass& pass)> run;
};

} // namespace nabiz::trainer
