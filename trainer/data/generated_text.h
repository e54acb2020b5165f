// SPDX-License-Identifier: GPL-3.0-or-later
// The texts that the program makes itself or ships, by the name that data.train_path gives them. Their seed is fixed:
// the data stays the same when only training.seed changes. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

struct GeneratedText {
    std::vector<std::uint8_t> bytes;
    double entropyPerByte = 0; // nats, of running text; 0 = unknown
    double entropyPerCharacter = 0;
};

// True for any `generated:` or `example:` name, known or not.
bool isGenerated(std::string_view path);

// `validation` gives another text of the same source. Nothing for an unknown name, and for one that has no other text.
// Throws Cancelled.
std::optional<GeneratedText> generateText(std::string_view path, bool validation, std::stop_token stop);

} // namespace nabiz::trainer
