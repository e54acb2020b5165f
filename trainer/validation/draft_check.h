// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a configuration only after a look at the disk, or after some work: whether its text and weights
// are there, and the memory it will take. May block for as long as a disk does; any thread but the window's.
#pragma once

#include "trainer/base/problem.h"
#include "trainer/estimate/memory_estimate.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace nabiz::trainer {

struct DraftCheck {
    std::vector<Problem> problems;
    MemoryEstimate estimate;
    std::string missingModel; // of the Hugging Face cache, which could be fetched; empty for none
};

// Does so elsewhere, and calls `answer` on the thread of the caller, later. A newer call makes the answers to those
// before it unwanted.
using DraftChecker
    = std::function<void(const Config& config, const Machine& machine, std::function<void(const DraftCheck&)> answer)>;

// Throws nothing: what goes wrong is among the problems. A stop ends it early, with whatever it has.
DraftCheck checkDraft(const Config& config, const Machine& machine, std::stop_token stop);

// Whether the look at the disk comes to the same for both: no setting that it rests on differs.
bool sameOnDisk(const Config& a, const Config& b);

} // namespace nabiz::trainer
