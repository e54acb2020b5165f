// SPDX-License-Identifier: GPL-3.0-or-later
// All that is needed to go on from a batch bit for bit: weights, the optimizer's state, the gradients of a step that is
// not over, the scaler, the memory, every random stream and the place in the text. Out of the host's memory it goes
// into its files at once, so that no copy stands beside the next batch; of a GPU's a copy on the host does, which
// another thread may write while training goes on. settleCheckpoint() brings the files to the disk.
#pragma once

#include "trainer/loop/checkpoint_header.h"
#include "trainer/loop/prepared_run.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::trainer {

// Where a run stands between two batches.
struct TrainingPlace {
    std::int64_t batch = -1; // the last that was trained
    double seconds = 0; // its time
    BestLoss best;
};

struct Checkpoint {
    CheckpointHeader header;
    std::vector<NamedTensor> model; // on the host
    std::vector<NamedTensor> state;
    bool isCopy = false; // else training changes it
};

// `mark` says whose it is. Training thread.
Checkpoint takeCheckpoint(
    const PreparedRun& run, const std::string& mark, const Pass& pass, const TrainingPlace& place);

// Returns its path, which settleCheckpoint() takes. Throws TrainError{Io} naming the path.
std::filesystem::path fillCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);

// Beside every value that is saved, its way back. Throws TrainError{Io} for a damaged folder, {BadInput} when it is of
// another model; then `run` is not to be used.
TrainingPlace restoreCheckpoint(const std::filesystem::path& checkpoint, PreparedRun& run, Pass& pass);

} // namespace nabiz::trainer
