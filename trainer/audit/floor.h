// SPDX-License-Identifier: GPL-3.0-or-later
// How low a loss can honestly be: the entropy of a generated text, which is known exactly, else what xz needs for the
// text, and how a measured loss stands to it. One thread.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/data/dataset.h"

#include <optional>

namespace nabiz::trainer {

struct Floor {
    double nats = 0; // a target; 0 = unknown
    bool isEntropy = false;
};

// What xz takes for these bytes, in nats each; 0 for none. About 0.3 s a MB.
double xzNats(std::span<const std::uint8_t> bytes);

// The text that the loss is measured on: that of data.val_path where validation has a text of its own, else the
// training text. What it repeats counts once. Throws Cancelled.
Floor floorOf(const Dataset& dataset, const Config& config, const std::stop_token& stop);

struct MeasuredLoss {
    double nats = 0;
    double standardError = 0;
    std::int64_t targets = 0;
    bool isValidation = false;
};

// Fine, a note or a warning; nothing where no floor is known. What is to be changed depends on model.causal.
std::optional<Finding> compare(const MeasuredLoss& loss, const Floor& floor, bool isCausal);

} // namespace nabiz::trainer
