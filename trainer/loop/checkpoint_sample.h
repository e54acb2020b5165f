// SPDX-License-Identifier: GPL-3.0-or-later
// Behind sampleCheckpoint(): the model of a checkpoint without all that training it would need.
// The thread that asks; none trains meanwhile.
#pragma once

#include "trainer/loop/text_sample.h"

namespace nabiz::trainer {

// See sampleCheckpoint().
std::string writeSample(const SampleRequest& request, const std::stop_token& stop);

} // namespace nabiz::trainer
