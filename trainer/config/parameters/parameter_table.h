// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of parameters. A row gives everything that the program knows of a key: the form, validation, the
// command line, YAML, storage, tooltips, the difference of two runs and the report's table come from it. Constant; any
// thread.
#pragma once

#include "trainer/base/value.h"

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

enum class ParameterLevel { Essential, More };

struct Parameter {
    std::string_view key; // "training.batch_size"; the part before the dot is its section in YAML
    const char* label; // marked for translation, as are unit and help
    const char* group; // Data, Model, Language, Training, Hardware, Queue
    ParameterLevel level;
    Value defaultValue; // its type is the parameter's type; equal to the preset `quick`
    double minimum = -std::numeric_limits<double>::infinity(); // of numbers, and of the elements' count of a list
    double maximum = std::numeric_limits<double>::infinity();
    bool minimumExcluded = false;
    bool maximumExcluded = false;
    std::vector<std::string_view> choices; // of a text, or of each element of a list; empty = any
    const char* unit = "";
    const char* help = ""; // what it does, and what follows from raising or lowering it
    // The key that must be `true`, or "key=value", for this row to matter; empty = always. Rows that do not matter are
    // folded away in the form, never dropped.
    std::string_view visibleWhen = {};
    bool isPath = false; // a file or folder: the form offers to browse
    bool fixed = false; // can only be its default: kept for files that have it, shown where one sets it otherwise
    bool derived = false; // follows from another row: not shown in the form, nor needed in YAML
    std::vector<std::string_view> suggestions = {}; // offered for a text; others are allowed too
    bool resumable = false; // may be another one from where a run goes on: it is neither what is trained nor on what
};

std::span<const Parameter> parameterTable();
// nullptr when the key is unknown.
const Parameter* findParameter(std::string_view key);
// Position of a known key in the table. Throws std::out_of_range for an unknown one: a programmer's error.
std::size_t parameterIndex(std::string_view key);
// The known key with the smallest edit distance, or empty when none is near enough to be meant.
std::string_view nearestKey(std::string_view unknown);

} // namespace nabiz::trainer
