// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a device is checked with: each part of the model by itself, the frozen decoder, whole models, and the
// optimizer, small but large enough for the fast paths. Weights and inputs are drawn on the CPU from fixed seeds, so
// that any two devices are given the same. Training thread only.
#pragma once

#include "trainer/check/deviation.h"

#include <functional>
#include <optional>

namespace nabiz::trainer {

// In which numbers, and how.
struct Manner {
    std::optional<at::ScalarType> autocast;
    at::ScalarType held = at::kFloat; // the decoder's weights
    double dropout = 0;
    bool checkpointing = false;
};

struct CheckedPart {
    enum class Kind {
        Part, // of a model, in each precision
        Whole, // a model, checkpointed too
        Decoder, // alone, with its weights held in each type
        Optimizer, // in float32
    };

    std::string name;
    Kind kind;
    bool hasDecoder;
    bool cutsOff; // has features that are cut off at zero, as linear attention's are
    std::function<Computed(at::Device device, const Manner& manner)> compute;
};

std::vector<CheckedPart> checkedParts(bool causal);
// What does not know what follows a position: the decoder always is causal.
std::vector<CheckedPart> checkedPartsWithoutOrder();

} // namespace nabiz::trainer
