// SPDX-License-Identifier: GPL-3.0-or-later
// From the bytes of a text to the ids a model sees, as data.encoding says, and what is to be said about them.
// Any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// Characters that fall on one id. Of those that share one, the most frequent stands for itself and the others are lost
// in it.
struct Collisions {
    struct Pair {
        std::string kept; // UTF-8
        std::string lost;
    };
    std::int64_t characters = 0; // different ones that are lost
    std::int64_t occurrences = 0; // how often they stand in the text
    std::int64_t textCharacters = 0; // all of the text
    std::vector<Pair> examples; // at most three, the most frequent first
};

// In place: utf8 keeps the bytes; ord_mod_256 makes each character its code point modulo 256, an invalid byte itself.
// Notes what is not UTF-8 and what becomes padding (id 0). Throws TrainError{Data} for an id of model.vocab_size or
// above, and Cancelled. `path` names the text in notes.
Collisions encode(std::vector<std::uint8_t>& bytes, const Config& config, const std::string& path,
    std::vector<Message>& notes, const std::stop_token& stop);

} // namespace nabiz::trainer
