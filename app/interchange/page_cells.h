// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of tables cut into cells: of Markdown and the grids that databases print, of HTML.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

using PageCells = std::vector<std::string>;

PageCells tableCells(std::string_view line);
// | --- | ---: |, and +-----+-----+
bool isTableRule(std::string_view line);
// – or nothing
bool isNothing(std::string_view cell);
// Of 2.31 ± 0.02 the 2.31; else the cell.
std::string_view valueOfCell(std::string_view cell);
bool areAllNumbers(const PageCells& cells);

// A line of HTML as it reads: other than letters' own marks, a tag parts words.
std::string withoutTags(std::string_view line);

// A row of a table of HTML, and in which line it begins.
struct HtmlRow {
    std::size_t line = 0;
    PageCells cells;
    bool isSpanned = false; // a cell goes on in the rows below
};
// Of the table that begins in that line; `end`: the line behind it.
std::vector<HtmlRow> htmlRows(const std::vector<std::string_view>& lines, std::size_t at, std::size_t& end);

} // namespace nabiz::app
