// SPDX-License-Identifier: GPL-3.0-or-later
// Whether two runs' losses may be held against each other at all: a loss over another text, or in another unit, is
// another figure. Where it is, nothing is said to be reached sooner, best or so many per cent lower. Pure; any thread.
#pragma once

#include "ui/analysis/compared_run.h"

namespace nabiz::ui {

enum class Obstacle {
    OtherText, // trained on another one; of training losses
    OtherValidationText, // of validation losses
    OtherUnit
};

// Of the losses of `basis`. What is not known of both runs stands in nobody's way.
std::optional<Obstacle> obstacleBetween(const ComparedRun& one, const ComparedRun& other, LossBasis basis);
std::optional<Obstacle> obstacleBetween(const ComparedEntry& one, const ComparedEntry& other, LossBasis basis);

// By the fingerprint of the text and its size, or where that is not known, by the settings that choose it.
bool hasOtherText(const ComparedRun& one, const ComparedRun& other);
bool hasOtherValidationText(const ComparedRun& one, const ComparedRun& other);
// Settings of the validation that choose other samples of the same text.
bool hasOtherSamples(const ComparedRun& one, const ComparedRun& other);

} // namespace nabiz::ui
