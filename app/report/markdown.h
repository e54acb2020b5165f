// SPDX-License-Identifier: GPL-3.0-or-later
// The little Markdown that a report writes: GitHub's flavour, that reads well as plain text too. Text from a person or
// a model goes through an escape before it stands in the page. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app::markdown {

// Without the marks that turn the direction of what stands around them.
std::string withoutTurns(std::string_view text);
// Text as text, on one line: nothing in it is taken for markup, an entity or the start of a list.
std::string escape(std::string_view text);
// `text` as code, with as many backticks as it takes, on one line; as plain text where it holds a bar. Fit for a
// table's cell.
std::string code(std::string_view text);
// A fenced block whose fence is longer than any in the text; control characters become spaces.
std::string block(std::string_view text, std::string_view language = {});
std::string heading(int level, std::string_view escapedText);
// A block that is folded away until it is clicked; nothing where `body` is empty.
std::string fold(std::string_view title, std::string_view body);
// A section whose first line is its heading, folded under that.
std::string foldSection(std::string_view section);
// How many lines are seen while every fold is closed.
std::size_t visibleLines(std::string_view page);

// A person's own Markdown: emphasis, lists, code, quotes and links stay; raw HTML, headings, pictures and links of
// schemes other than http, https and mailto become text. Line ends are kept.
std::string words(std::string_view text);

// A table whose columns are padded so that it reads well as plain text. Cells are Markdown already. The first column is
// left, the others right-aligned unless `leftAligned`.
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
    bool leftAligned = false);

} // namespace nabiz::app::markdown
