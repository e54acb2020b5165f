// SPDX-License-Identifier: GPL-3.0-or-later
// A text without what it repeats: what there is to learn in it. A text that stands in a file a thousand times is the
// text once. One thread.
#pragma once

#include "trainer/data/dataset.h"

namespace nabiz::trainer {

// Stretches of at least 127 bytes that stood before are left out, shorter ones from 64 where they happen to lie well.
// At most `limit` bytes, from the beginning. Throws Cancelled.
std::vector<std::uint8_t> distinctText(
    std::span<const std::uint8_t> text, std::size_t limit, const std::stop_token& stop);
// Each line once, with a line end.
std::vector<std::uint8_t> distinctLines(
    std::span<const std::uint8_t> text, std::span<const Line> lines, std::size_t limit, const std::stop_token& stop);

// Of a sample that is a line, cut where samples are.
std::uint64_t lineHash(std::span<const std::uint8_t> text, const Line& line, std::size_t longest);

} // namespace nabiz::trainer
