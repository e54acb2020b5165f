// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of events that more than one layer knows by name, beside those that the trainer tells.
// Values; any thread.
#pragma once

namespace nabiz::storage {

inline constexpr const char* kDiffEvent = "diff"; // its text is what data.track_folder differed in from its commit

} // namespace nabiz::storage
