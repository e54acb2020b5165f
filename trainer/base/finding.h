// SPDX-License-Identifier: GPL-3.0-or-later
// What the audit found out about a run: what was measured, what that means, and what to change. A thing that was looked
// at and is in order is said too, so that a person sees what has been checked. Values; any thread.
#pragma once

#include "trainer/base/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

enum class FindingSeverity { Fine, Note, Warning };

struct Finding {
    std::string id; // one of kFindingIds
    FindingSeverity severity = FindingSeverity::Fine;
    Message measured;
    Message message; // what it means and what to change; empty where all is fine
    bool operator==(const Finding&) const = default;
};

// As other programs read them.
inline constexpr std::string_view kFindingIds[] = { "leak", "duplicates", "padding", "overlap", "collisions", "floor",
    "dead_parameters", "first_loss", "not_in_effect" };

// "fine", "note", "warning"
std::string_view severityName(FindingSeverity severity);
// What it is about, in two or three words: "Sees what follows".
Message findingTitle(std::string_view id);
// One English line: what was measured, and what it means.
std::string describe(const Finding& finding);

// A finding as the message of an event, and back. Behind the message's own arguments stand those that make it a finding
// again; nothing comes back from a message that is none.
Message toMessage(const Finding& finding);
std::optional<Finding> findingFrom(const std::string& text, const std::vector<std::string>& arguments);

// Of findings in the order they were made, those that hold: a later one takes the place of an earlier about the same
// thing. Warnings first, what is fine last.
std::vector<Finding> standing(const std::vector<Finding>& findings);
// Notes and warnings alone.
std::vector<Finding> suspicious(const std::vector<Finding>& findings);

} // namespace nabiz::trainer
