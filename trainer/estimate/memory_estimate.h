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

struct MemoryEstimate {
    MemoryParts parts;
    std::string device; // cpu, cuda, cuda:N
    std::int64_t capacityBytes = 0; // 0 = unknown: this machine has no such device
    std::optional<MemoryVerdict> verdict; // of a known capacity
    std::vector<MemorySuggestion> suggestions;
    bool isComplete = true; // all was counted; the notes say what was not
    std::vector<Message> notes; // what could not be counted or compared, and why

    std::int64_t totalBytes() const { return parts.total(); }
};

MemoryEstimate estimateMemory(const Config& config, const Machine& machine);

} // namespace nabiz::trainer
