// SPDX-License-Identifier: GPL-3.0-or-later
// Brings every rank to where rank 0 stands: weights and, of a run that goes on, all that a checkpoint holds; so that no
// other host needs its files. Training thread only.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/loop/checkpoint.h"

namespace nabiz::trainer {

// `resumed` and `place` as rank 0 has them count. Called by all before the first batch.
void shareState(Comm& comm, PreparedRun& run, Pass& pass, TrainingPlace& place, bool resumed);

} // namespace nabiz::trainer
