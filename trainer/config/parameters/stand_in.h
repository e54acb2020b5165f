// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of a stand-in for the language model: random weights of a true decoder's sizes.
// Pure; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <string_view>
#include <variant>

namespace nabiz::trainer {

struct StandIn {
    std::int64_t hidden = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headDim = 0;
    std::int64_t intermediate = 0;
    double ropeTheta = 1e6;
    double normEpsilon = 1e-6;

    bool operator==(const StandIn&) const = default;
};

// "qwen3-0.6b", or "hidden=128,layers=4" with optional heads, kv_heads, head_dim, intermediate; else why it is neither.
// An empty text is a message too: the caller asks for a stand-in only where one is wanted.
std::variant<StandIn, Message> parseStandIn(std::string_view text);

// Whoever names a stand-in, and no weights with it, does not want the weights of the preset below: language.path is
// emptied. False where there is nothing of that kind.
bool standInReplacesWeights(Config& config, bool namesStandIn, bool namesPath);

} // namespace nabiz::trainer
