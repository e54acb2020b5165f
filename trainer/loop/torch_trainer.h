// SPDX-License-Identifier: GPL-3.0-or-later
// The Trainer over LibTorch.
// Made and used on the training thread.
#pragma once

#include "trainer/loop/trainer.h"

namespace nabiz::trainer {

// Throws TrainError{Library} when the LibTorch that was loaded is not the one this was built for.
std::unique_ptr<Trainer> makeTorchTrainer();

} // namespace nabiz::trainer
