// SPDX-License-Identifier: GPL-3.0-or-later
// Writes all that is needed to go on from a batch: FOLDER/batch-N with model.safetensors (the trained weights, as other
// programs read them; never the frozen language model), state.safetensors (the optimizer's moments) and state.json
// (counters, random streams, settings). Written aside, then renamed: what bears its final name is whole. Training
// thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/data/sampler.h"
#include "trainer/loop/sink.h"
#include "trainer/model/agiformer.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_scaler.h"

#include <filesystem>

namespace nabiz::trainer {

struct CheckpointState {
    std::int64_t batch = 0; // the last that was trained
    const Agiformer& model;
    const AdamW& optimizer;
    Sampler::State sampler;
    std::uint64_t dropoutSeed = 0;
    const Pass& pass; // the training's
    const GradScaler& scaler;
    const Config& config; // as applied
};

// Whole or not at all. Throws TrainError{Io} naming the path.
CheckpointFiles writeCheckpoint(const std::filesystem::path& folder, const CheckpointState& state);

// Leaves the newest `keep`. Throws TrainError{Io} naming the one that stays.
void removeOlderCheckpoints(const std::filesystem::path& folder, std::int64_t keep);

// The checkpoints in a folder by rising batch.
std::vector<std::pair<std::int64_t, std::filesystem::path>> listCheckpoints(const std::filesystem::path& folder);

} // namespace nabiz::trainer
