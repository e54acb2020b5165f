// SPDX-License-Identifier: GPL-3.0-or-later
// What a model writes that was trained before, from a checkpoint of its run: values, and the way into the trainer
// library, which is free of LibTorch as trainer.h is. Any thread but the GUI's.
#pragma once

#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

namespace nabiz::trainer {

inline constexpr std::int64_t kSampleLength = 160; // characters that a run writes by itself
inline constexpr double kSampleTemperature = 0.8; // a little below 1: what the model thinks likely, with some variety

struct SampleRequest {
    Config config; // of the run
    std::filesystem::path checkpoint; // see chooseCheckpoint()
    std::string prompt;
    std::int64_t length = kSampleLength;
    double temperature = kSampleTemperature; // 0: always the likeliest
    std::uint64_t seed = 0;
};

// What it writes behind the prompt. Builds the model anew; nothing of it stays. Throws TrainError, and Cancelled when a
// stop was requested. Defined in trainer/loop/load_trainer.cpp.
std::string sampleCheckpoint(const SampleRequest& request, const std::stop_token& stop);

} // namespace nabiz::trainer
