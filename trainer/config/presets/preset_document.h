// SPDX-License-Identifier: GPL-3.0-or-later
// The text of one preset: read with positions, edited in place. Comments, order, line ends and a byte-order mark
// survive; only the edited line changes. Any thread; never throws for bad input, which comes back as problems.
#pragma once

#include "trainer/base/problem.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

class PresetDocument {
public:
    // `file` only names the text in problems.
    static PresetDocument parse(std::string text, std::string file);

    const std::string& text() const { return m_text; }
    const std::string& extends() const { return m_extends; } // empty = none
    const std::string& summary() const { return m_summary; } // the `summary:` line
    // What this text itself sets, by key. A value that is wrong is not here but among the problems.
    const std::map<std::string, Value, std::less<>>& values() const { return m_values; }
    const std::vector<Problem>& problems() const { return m_problems; }
    // Line of a key in the text, from 1; 0 when the text does not set it.
    int lineOf(std::string_view key) const;

    // The document with `key` set: its line rewritten, or a line added at the end of its section.
    PresetDocument withValue(std::string_view key, const Value& value) const;
    // The document without the line of `key`.
    PresetDocument without(std::string_view key) const;

private:
    std::string m_text;
    std::string m_file;
    std::string m_extends;
    std::string m_summary;
    std::map<std::string, Value, std::less<>> m_values;
    std::map<std::string, int, std::less<>> m_lines;
    std::vector<Problem> m_problems;
};

// `key=value`, split at the first `=`, the value read as YAML and checked against the key's row. The problem names the
// override as its file.
struct Override {
    std::string key;
    Value value;
    std::optional<Problem> problem;
};
Override parseOverride(std::string_view text);

} // namespace nabiz::trainer
