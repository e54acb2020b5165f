// SPDX-License-Identifier: GPL-3.0-or-later
// What a check of a device found: each part of the model computed there and, to be compared with, on the CPU. Relative
// differences are those of norms, the largest of all tensors concerned.
// Values, free of LibTorch; any thread.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct DeviceCheckRow {
    std::string part; // "attention, causal"
    std::string numbers; // float32, float16, bfloat16, int8
    std::string against; // "CPU", or "plain pass": on the same device, without checkpointing
    double output = 0; // relative differences; NaN where there is no number
    double gradient = 0;
    double tolerance = 0; // of both
    bool agrees = false;
    std::string worst; // the tensor with the largest difference; what LibTorch said where it failed
};

struct DeviceCheck {
    std::string device; // cpu, cuda:0
    std::string name; // of the processor or GPU; empty when nobody says
    std::vector<DeviceCheckRow> rows;

    bool agrees() const
    {
        return !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.agrees; });
    }
};

} // namespace nabiz::trainer
