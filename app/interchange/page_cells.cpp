// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_cells.h"
#include "app/interchange/page_number.h"
#include "app/interchange/page_words.h"

#include <algorithm>
#include <cctype>

namespace nabiz::app {

namespace {

std::string lower(std::string_view text)
{
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char c) { return std::tolower(c); });
    return folded;
}

} // namespace

PageCells tableCells(std::string_view line)
{
    while (!line.empty() && line.front() == ' ')
        line.remove_prefix(1);
    while (!line.empty() && line.back() == ' ')
        line.remove_suffix(1);
    if (line.starts_with('|'))
        line.remove_prefix(1);
    if (line.ends_with('|') && !line.ends_with("\\|"))
        line.remove_suffix(1);
    PageCells cells;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= line.size(); ++i) {
        if (i < line.size() && (line[i] != '|' || (i > 0 && line[i - 1] == '\\')))
            continue;
        cells.push_back(plainText(line.substr(start, i - start)));
        start = i + 1;
    }
    return cells;
}

bool isTableRule(std::string_view line)
{
    return line.find("--") != std::string_view::npos && line.find_first_not_of("|-+: \t") == std::string_view::npos;
}

bool isNothing(std::string_view cell)
{
    if (cell.empty() || cell == "–" || cell == "-" || cell == "—" || cell == "…")
        return true;
    const auto word = lower(cell);
    return word == "no log" || word == "none" || word == "null";
}

std::string_view valueOfCell(std::string_view cell)
{
    for (const std::string_view spread : { "±", "+/-" }) {
        const auto at = cell.find(spread);
        if (at == std::string_view::npos || at == 0)
            continue;
        const auto value = cell.substr(0, cell.find_last_not_of(' ', at - 1) + 1);
        auto error = cell.substr(at + spread.size());
        error.remove_prefix(std::min(error.find_first_not_of(' '), error.size()));
        if (numberLength(value) == value.size() && numberLength(error) == error.size() && !error.empty())
            return value;
    }
    return cell;
}

bool areAllNumbers(const PageCells& cells)
{
    return std::all_of(cells.begin(), cells.end(),
        [](const auto& cell) { return !cell.empty() && numberLength(cell) == cell.size(); });
}

std::vector<HtmlRow> htmlRows(const std::vector<std::string_view>& lines, std::size_t at, std::size_t& end)
{
    std::vector<HtmlRow> rows;
    bool isCell = false;
    for (end = at; end < lines.size(); ++end) {
        const auto line = lines[end];
        for (std::size_t i = 0; i < line.size();) {
            if (line[i] != '<') {
                if (isCell)
                    rows.back().cells.back() += line[i];
                ++i;
                continue;
            }
            const auto close = std::min(line.find('>', i), line.size() - 1);
            const auto tag = lower(line.substr(i + 1, close - i - 1));
            const auto name = tag.substr(0, tag.find_first_of(" \t/", 1));
            if (name == "tr") {
                rows.push_back({ end, {} });
            } else if ((name == "td" || name == "th") && !rows.empty()) {
                rows.back().cells.emplace_back();
                isCell = true;
                i = close + 1;
                continue;
            }
            isCell = isCell && name != "/td" && name != "/th" && name != "/tr";
            i = close + 1;
            if (name == "/table") {
                ++end;
                return rows;
            }
        }
    }
    return rows;
}

} // namespace nabiz::app
