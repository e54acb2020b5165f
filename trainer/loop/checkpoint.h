// SPDX-License-Identifier: GPL-3.0-or-later
// All that is needed to go on from a batch bit for bit: weights, the optimizer's state, the gradients of a step that is
// not over, the scaler, the memory, every random stream and the place in the text. It goes into its files at once, so
// that no copy stands beside the next batch; settleCheckpoint() brings them to the disk. Training thread.
#pragma once

#include "trainer/loop/checkpoint_header.h"
#include "trainer/loop/prepared_run.h"

#include <filesystem>

namespace nabiz::trainer {

// Where a run stands between two batches.
struct TrainingPlace {
    std::int64_t batch = -1; // the last that was trained
    double seconds = 0; // its time
    BestLoss best;
};

// What it has returned may be trained on; `mark` says whose it is. Returns its path, which settleCheckpoint() takes.
// Throws TrainError{Io} naming the path.
std::filesystem::path fillCheckpoint(const std::filesystem::path& folder, const std::string& mark,
    const PreparedRun& run, const Pass& pass, const TrainingPlace& place);

// Beside every value that is saved, its way back. Throws TrainError{Io} for a damaged folder, {BadInput} when it is of
// another model; then `run` is not to be used.
TrainingPlace restoreCheckpoint(const std::filesystem::path& checkpoint, PreparedRun& run, Pass& pass);

} // namespace nabiz::trainer
