// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a preset or a configuration, where, and what mends it: an expected outcome, hence a value.
// Any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/base/value.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::trainer {

enum class Severity { Note, Error };

// Setting `key` to `value` mends the problem.
struct Remedy {
    std::string key;
    Value value;
    Message label; // what the button says: "Turn off", "Use stand-in"
};

struct Problem {
    Severity severity = Severity::Error;
    std::string file; // empty when it lies in no file
    int line = 0; // from 1; 0 = unknown
    int column = 0; // from 1, in characters
    std::string key; // empty when it concerns no parameter
    Message message;
    std::optional<Remedy> remedy;
};

// "FILE:LINE:COLUMN: sentence" with what is known, in English.
std::string describe(const Problem& problem);
bool hasErrors(const std::vector<Problem>& problems);
// One `key=value key=value …` line with every remedy, quoted for a POSIX shell; empty when there is none.
std::string remedyLine(const std::vector<Problem>& problems);

} // namespace nabiz::trainer
