// SPDX-License-Identifier: GPL-3.0-or-later
// What a run's peak is made of, as it stands among its facts: "language_weights=6297600 model_weights=3166220 …", in
// bytes. Pure; any thread.
#pragma once

#include "trainer/estimate/memory_estimate.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::trainer {

struct MemoryPart {
    const char* key; // "language_weights"
    const char* name; // context "Message", to be translated
    std::int64_t MemoryParts::*bytes;
};

// In the order in which they are stacked.
std::span<const MemoryPart> memoryParts();

std::string ledgerText(const MemoryParts& parts);
// None where the text is no ledger.
std::optional<MemoryParts> ledgerFrom(std::string_view text);

} // namespace nabiz::trainer
