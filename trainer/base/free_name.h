// SPDX-License-Identifier: GPL-3.0-or-later
// Names that are not taken yet: of runs, presets and copies alike.
// Any thread.
#pragma once

#include <functional>
#include <string>

namespace nabiz::trainer {

// `base` where it is free, else base-2, base-3 …; quick-2 goes on with quick-3, not with quick-2-2.
std::string freeName(const std::string& base, const std::function<bool(const std::string&)>& isTaken);

} // namespace nabiz::trainer
