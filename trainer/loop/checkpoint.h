// SPDX-License-Identifier: GPL-3.0-or-later
// All that is needed to go on from a batch bit for bit, as a copy that training no longer touches: weights, the
// optimizer's state, the gradients of a step that is not over, the scaler, the memory, every random stream and the
// place in the text. Training thread; a copy may be written by another.
#pragma once

#include "trainer/loop/checkpoint_header.h"
#include "trainer/loop/prepared_run.h"

#include <filesystem>
#include <functional>

namespace nabiz::trainer {

struct Checkpoint {
    CheckpointHeader header;
    std::vector<NamedTensor> model; // on the CPU
    std::vector<NamedTensor> state;
};

// Where a run stands between two batches.
struct TrainingPlace {
    std::int64_t batch = -1; // the last that was trained
    double seconds = 0; // its time
    BestLoss best;
};

Checkpoint copyCheckpoint(const PreparedRun& run, const Pass& pass, const TrainingPlace& place);

// Whole or not at all, brought to the disk; `publish` is called before it gets its name, which is returned. Throws
// TrainError{Io} naming the path.
std::filesystem::path writeCheckpoint(
    const std::filesystem::path& folder, const Checkpoint& checkpoint, const std::function<void()>& publish);

// Beside every value that is saved, its way back. Throws TrainError{Io} for a damaged folder, {BadInput} when it is of
// another model; then `run` is not to be used.
TrainingPlace restoreCheckpoint(const std::filesystem::path& checkpoint, PreparedRun& run, Pass& pass);

} // namespace nabiz::trainer
