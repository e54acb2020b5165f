// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of a .jsonl file: of each line's object one field, the texts under one another as lines of the training
// text. Any thread.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// The bytes from `begin` on, in place. Notes how many lines hold no such text. Throws TrainError{Data} naming the
// fields that are there when none does, and Cancelled.
void takeJsonTexts(std::vector<std::uint8_t>& bytes, std::size_t begin, const std::string& field,
    const std::string& path, std::vector<Message>& notes, const std::stop_token& stop);

} // namespace nabiz::trainer
