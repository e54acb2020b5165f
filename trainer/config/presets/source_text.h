// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a file by lines: a byte-order mark set aside, positions translated between bytes and characters, and what
// makes a text no YAML at all. Refers to the text it was made from. Pure; any thread.
#pragma once

#include "trainer/base/problem.h"
#include "trainer/config/presets/yaml_tree.h"

#include <string_view>
#include <vector>

namespace nabiz::trainer {

constexpr std::size_t kLargestPreset = 1024 * 1024;

class SourceText {
public:
    explicit SourceText(std::string_view text);

    // Behind the byte-order mark.
    std::string_view body() const { return m_body; }
    std::size_t bodyOffset() const { return m_offset; }
    std::size_t lines() const { return m_starts.size(); }
    // Without its line end.
    std::string_view line(std::size_t index) const;
    std::size_t lineStart(std::size_t index) const { return m_starts[index]; }
    // In the body; the end of the body when the mark lies outside.
    std::size_t offsetOf(YamlMark mark) const;
    std::size_t lineAt(std::size_t offset) const;
    // "\r\n" when most lines end so.
    std::string_view lineEnd() const { return m_crlf ? "\r\n" : "\n"; }

    // The problem at a mark, with line and column from 1, in characters.
    Problem problemAt(std::string_view file, YamlMark mark, Message message) const;

    // Too large, binary, not UTF-8, indented with tabs.
    std::vector<Problem> problems(std::string_view file) const;

private:
    std::string_view m_body;
    std::size_t m_offset = 0;
    std::vector<std::size_t> m_starts;
    bool m_crlf = false;
};

} // namespace nabiz::trainer
