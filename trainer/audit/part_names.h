// SPDX-License-Identifier: GPL-3.0-or-later
// Names of a model's parts, said short: what is alike in many blocks stands once.
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace nabiz::trainer {

// encoder, blocks.0.attn, blocks.1.attn, blocks.2.attn → "encoder, blocks.0–2.attn". At most `most` entries, then how
// many more there are: "… +3".
std::string partNames(const std::vector<std::string>& names, std::size_t most = 8);

} // namespace nabiz::trainer
