// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory a run will take, from its settings alone, before anything is loaded: a batch is rehearsed in sizes,
// and the most that is held at once is set against what the device has. Reads at most the config.json of language.path.
// A value and a function; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/machine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::trainer {

// In bytes.
struct MemoryParts {
    std::int64_t languageWeights = 0;
    std::int64_t modelWeights = 0;
    std::int64_t gradients = 0; // all of them, as they stand at the end of a batch
    std::int64_t optimizer = 0;
    std::int64_t activations = 0; // what the fullest moment takes besides
    std::int64_t autocast = 0; // copies of weights in mixed precision
    std::int64_t workspace = 0; // what is taken and given back within one operation

    std::int64_t total() const;
    bool operator==(const MemoryParts&) const = default;
};

enum class MemoryVerdict { Fits, Tight, TooLarge };

// "fits", "tight", "too_large"
const char* verdictName(MemoryVerdict verdict);

struct MemorySuggestion {
    std::vector<std::pair<std::string, Value>> set;
    std::int64_t totalBytes = 0;

    bool operator==(const MemorySuggestion&) const = default;
};

// Operations of a batch's matrix products.
struct Arithmetic {
    double forward = 0;
    double backward = 0;
    double again = 0; // of the forward pass, computed a second time by checkpointing
};

struct MemoryEstimate {
    MemoryParts parts;
    std::string device; // cpu, cuda, cuda:N
    std::int64_t contextBytes = 0; // that the process takes beside tensors: the CUDA context, or on a CPU the program
    std::int64_t capacityBytes = 0; // 0 = unknown: this machine has no such device
    std::optional<MemoryVerdict> verdict; // of a known capacity
    std::vector<MemorySuggestion> suggestions;
    Arithmetic arithmetic;
    bool isComplete = true; // all was counted; the notes say what was not
    std::vector<Message> notes; // what could not be counted or compared, and why

    std::int64_t totalBytes() const { return parts.total(); }
};

// `measured`: what tensors have really taken at most, where that is known; the activations are corrected by it.
MemoryEstimate estimateMemory(
    const Config& config, const Machine& machine, std::optional<std::int64_t> measured = std::nullopt);

// What to change so that tensors take at most `limit` bytes, when with `config` they have needed `needed`, which may be
// more than predicted: the other predictions are raised by as much. What changes least of what is learned comes first;
// where nothing is predicted to fit, what takes least, alone. Totals are raised, too.
std::vector<MemorySuggestion> changesThatFit(
    const Config& config, const Machine& machine, std::int64_t needed, std::int64_t limit);

} // namespace nabiz::trainer
