// SPDX-License-Identifier: GPL-3.0-or-later
// Which settings a run may go on with otherwise than it began: those that decide how far, how fast and where it trains
// and what is told of it, not what is trained or on what. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::trainer {

bool mayChangeOnResume(std::string_view key);
// Those keys in the table's order, with commas between.
std::string resumableKeys();

} // namespace nabiz::trainer
