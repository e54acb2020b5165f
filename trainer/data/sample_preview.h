// SPDX-License-Identifier: GPL-3.0-or-later
// The first samples that a configuration would train on, for Configure.
// A value; made by trainer/data/preview.h.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct SamplePreview {
    struct Sample {
        std::string text; // UTF-8, bytes that are not shown as U+FFFD
        std::int64_t bytes = 0; // real bytes of the sample
        std::int64_t padding = 0; // bytes of padding behind them
    };
    std::vector<Sample> samples; // at most three
    std::int64_t trainingBytes = 0;
    std::int64_t validationBytes = 0;
    std::int64_t trainingSamples = 0; // distinct places a sample can begin, or lines
    double entropy = 0; // nats a byte of the source where it is known exactly, else 0
    Message failure; // why there are none
};

} // namespace nabiz::trainer
