// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a preset, which are the parameter keys' first parts, and the sentences for a name that is none of
// ours. Pure; any thread.
#pragma once

#include "trainer/base/message.h"

#include <string_view>

namespace nabiz::trainer {

bool isSection(std::string_view name);
// Names the nearest known key where there is one.
Message unknownKey(std::string_view key);
// For a name at the outer level: a mistyped section, or a key that belongs below one.
Message unknownSection(std::string_view name);

} // namespace nabiz::trainer
