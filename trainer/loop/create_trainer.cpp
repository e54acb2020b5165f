// SPDX-License-Identifier: GPL-3.0-or-later
// The one exported door of the trainer library.
#include "trainer/loop/torch_trainer.h"

#include <memory>

#define NABIZ_EXPORT __attribute__((visibility("default")))

extern "C" NABIZ_EXPORT nabiz::trainer::Trainer* nabiz_create_trainer()
{
    return nabiz::trainer::makeTorchTrainer().release();
}
