// SPDX-License-Identifier: GPL-3.0-or-later
// From the bytes of a text to the ids a model sees, as data.encoding says, and what is to be said about them.
// Any thread.
#pragma once

#include "trainer/config/config.h"
#include "trainer/config/message.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// In place: utf8 keeps the bytes; ord_mod_256 makes each character its code point modulo 256, an invalid byte itself.
// Notes what is not UTF-8, what becomes padding (id 0), and characters that fall on one id. Throws TrainError{Data} for an id
// of model.vocab_size or above, and Cancelled. `path` names the text in notes.
void encode(std::vector<std::uint8_t>& bytes, const Config& config, const std::string& path, std::vector<Message>& notes,
            const std::stop_token& stop);

} // namespace nabiz::trainer
