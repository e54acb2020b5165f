// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the frozen language model that a run's settings name: from published files, or a stand-in of random weights.
// Training thread only.
#pragma once

#include "trainer/language/decoder.h"

#include <stop_token>

namespace nabiz::trainer {

// A folder with config.json and safetensors. Throws TrainError{BadInput} for what is missing, of another shape, of a
// kind that is not computed here, or not finite; TrainError{Io} for files that are not whole. `interrupted` as in
// randomWeights.
std::shared_ptr<const Decoder> readDecoder(const std::filesystem::path& folder, at::ScalarType held, at::Device device,
    const std::function<void()>& interrupted = {});

// Settings as applied. Throws Cancelled when a stop is requested meanwhile.
std::shared_ptr<const Decoder> makeDecoder(const Config& applied, at::Device device, const std::stop_token& stop);

// "float16" → kHalf; "int8" → kChar.
at::ScalarType heldType(const std::string& name);

} // namespace nabiz::trainer
