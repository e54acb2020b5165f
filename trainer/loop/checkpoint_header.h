// SPDX-License-Identifier: GPL-3.0-or-later
// What a checkpoint says of itself beside its tensors, its file state.json: the run, the place in it, counters, random
// streams, settings. Free of LibTorch, so that a run is refused before a library is loaded. A value; any thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/data/sampler.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

// The lowest validation loss so far.
struct BestLoss {
    std::int64_t batch = -1; // -1 = none yet
    double loss = 0;
    std::int64_t since = 0; // evaluations that came after it

    // True when this one is lower.
    bool add(std::int64_t at, double value);
    bool operator==(const BestLoss&) const = default;
};

struct CheckpointHeader {
    std::string run; // whose it is, see TrainRequest::run
    std::int64_t batch = 0; // the last that was trained
    std::int64_t steps = 0;
    double seconds = 0; // time of that batch
    std::string torch; // version
    std::string device;
    Sampler::State sampler;
    std::uint64_t dropoutSeed = 0;
    std::uint64_t dropoutCalls = 0;
    std::int64_t memoryPasses = 0;
    BestLoss best;
    std::map<std::string, std::string> config; // key → YAML, as applied

    void setConfig(const Config& applied);
    // The first key of the model that `other` has otherwise; empty when it is the same model.
    std::string differsIn(const Config& other) const;
};

std::string toJson(const CheckpointHeader& header);
// Throws TrainError{Io}: what `text` is, or which version it is of, naming `place`.
CheckpointHeader headerFrom(std::string_view text, const std::string& place);

} // namespace nabiz::trainer
