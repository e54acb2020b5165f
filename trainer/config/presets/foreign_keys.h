// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that other training programs' files have and Nabız has not: which key does their work here, or why none does.
// Constant; any thread.
#pragma once

#include "trainer/base/message.h"

#include <string_view>

namespace nabiz::trainer {

// For the key's name without its section; empty when nothing is known of it.
Message foreignKey(std::string_view name);

} // namespace nabiz::trainer
