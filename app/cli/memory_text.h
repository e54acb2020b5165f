// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a run that ran out of memory, for a terminal and for other programs.
// Pure.
#pragma once

#include "trainer/estimate/memory_card.h"

#include <nlohmann/json.hpp>

#include <string>

namespace nabiz::app {

std::string memoryCardText(const trainer::MemoryCard& card);
nlohmann::ordered_json memoryCardJson(const trainer::MemoryCard& card);
// One line a change: "batch_size=2 would take 1.2 GB".
std::vector<std::string> changeLines(const trainer::MemoryCard& card);

} // namespace nabiz::app
