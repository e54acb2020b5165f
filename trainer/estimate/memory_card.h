// SPDX-License-Identifier: GPL-3.0-or-later
// What a run that ran out of memory leaves behind for a person: the account of that moment, the nearest run that
// fitted, and what to change, each change checked against the prediction. Kept as an event of the run, kind "memory".
// Values; any thread.
#pragma once

#include "trainer/base/out_of_memory.h"
#include "trainer/estimate/memory_estimate.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::trainer {

// A run that came through on the same kind of device.
struct FittedRun {
    std::int64_t id = 0;
    std::string name;
    std::int64_t peakBytes = 0;
    std::vector<std::string> differs; // "training.batch_size=4": its settings that this run has otherwise

    bool operator==(const FittedRun&) const = default;
};

struct MemoryCard {
    MemoryAccount account;
    std::vector<MemorySuggestion> suggestions; // the smallest change first
    std::int64_t limit = 0; // that their totals were held against; 0 = nothing is known of it
    std::optional<FittedRun> fitted;

    bool operator==(const MemoryCard&) const = default;
};

// As the message of an event: behind the arguments of `sentence` stand those that make it a card again. Nothing comes
// back from a message that is none.
Message toMessage(const Message& sentence, const MemoryCard& card);
std::optional<MemoryCard> cardFrom(const std::vector<std::string>& arguments);

// The rows of the account, as every place shows them: what, and how much.
std::vector<std::pair<Message, std::int64_t>> rowsOf(const MemoryAccount& account);
// "In the backward pass of batch 12"; "Before the first batch".
Message placeOf(const MemoryAccount& account);
// key=value key=value, ready for a shell.
std::string settingsOf(const MemorySuggestion& suggestion);

} // namespace nabiz::trainer
