// SPDX-License-Identifier: GPL-3.0-or-later
// A small real text to see a first run on, of resources/texts, which says where it is from and on what terms; compiled
// in. Constant; any thread.
#pragma once

#include <string_view>

namespace nabiz::trainer {

std::string_view shippedTurkish();

} // namespace nabiz::trainer
