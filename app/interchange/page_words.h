// SPDX-License-Identifier: GPL-3.0-or-later
// What published pages call things: batches, losses, sections, settings. Texts come in lower case, markup taken off.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

// A line without list marks, emphasis, code marks, quotes and escapes.
std::string plainText(std::string_view markdown);
// Lower case, of ASCII and of the Turkish letters; `_` and runs of space as one space.
std::string folded(std::string_view text);

// batch, step, iteration, adım …
bool meansBatch(std::string_view foldedText);
// "loss", "val.loss", or a name of the metric table; empty when it is none. `value`, as exports of one curve say, is a
// loss.
std::string metricOf(std::string_view foldedText);
// problem, solution or conclusion; empty for another heading.
std::string ownSection(std::string_view foldedText);
// The key of a setting by its key, its name without the section, or another way of putting it; empty when unknown.
// Labels of one ordinary word (Text, Steps) count only where `isLabelled`: where a colon follows, or in a table.
std::string settingKey(std::string_view foldedText, bool isLabelled);
// true or false, as a switch is written; nothing for other words.
std::optional<bool> switchOf(std::string_view foldedText);

// Bytes of one GB, GiB, MB …; 0 for another word.
double unitBytes(std::string_view foldedText);
// It speaks of memory at all: memory, VRAM, bellek.
bool speaksOfMemory(std::string_view foldedLine);
// peak, predicted, or steady; empty where it is of the whole there is (of 16 GB, total).
std::string memoryKind(std::string_view foldedLine);

} // namespace nabiz::app
