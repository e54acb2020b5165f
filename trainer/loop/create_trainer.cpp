// SPDX-License-Identifier: GPL-3.0-or-later
// The two exported doors of the trainer library.
#include "trainer/loop/checkpoint_sample.h"
#include "trainer/loop/torch_trainer.h"

#include <memory>

#define NABIZ_EXPORT __attribute__((visibility("default")))

extern "C" NABIZ_EXPORT nabiz::trainer::Trainer* nabiz_create_trainer()
{
    return nabiz::trainer::makeTorchTrainer().release();
}

extern "C" NABIZ_EXPORT void nabiz_sample_checkpoint(
    const nabiz::trainer::SampleRequest& request, const std::stop_token& stop, std::string& text)
{
    text = nabiz::trainer::writeSample(request, stop);
}
