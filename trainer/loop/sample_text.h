// SPDX-License-Identifier: GPL-3.0-or-later
// What does it write? Continues a prompt byte by byte, with a random stream of its own, so that sample texts change
// nothing of the training. Training thread only.
#pragma once

#include "trainer/loop/text_sample.h"
#include "trainer/model/agiformer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace nabiz::trainer {

// The prompt as ids of the model: its bytes, or its code points modulo 256. Never empty.
std::vector<std::uint8_t> promptIds(const std::string& prompt, bool codePoints, std::int64_t vocabulary);

// `temperature` 0: always the likeliest. Up to `count` ids behind the prompt; fewer when `stop` is requested. Never 0,
// which is padding.
std::vector<std::uint8_t> writeText(const Agiformer& model, std::span<const std::uint8_t> prompt, std::int64_t count,
    std::uint64_t seed, std::optional<at::ScalarType> autocast, std::stop_token stop,
    double temperature = kSampleTemperature);

} // namespace nabiz::trainer
