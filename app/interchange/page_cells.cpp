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

std::string withoutTags(std::string_view line)
{
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        const auto end = line[at] == '<' ? line.find('>', at) : line.npos;
        if (end == line.npos) {
            text += line[at] == '<' ? ' ' : line[at];
            ++at;
            continue;
        }
        auto name = lower(line.substr(at + 1, end - at - 1));
        name.erase(0, name.starts_with('/') ? 1 : 0);
        name.resize(std::min(name.find_first_of(" \t/"), name.size()));
        static constexpr std::string_view kInline[]
            = { "b", "i", "em", "strong", "code", "span", "a", "tt", "u", "font", "mark", "small", "kbd" };
        const bool isInline = std::find(std::begin(kInline), std::end(kInline), name) != std::end(kInline);
        const bool isRaised = name == "sup" && line[at + 1] != '/';
        text += isRaised ? "^" : isInline || name == "sup" ? "" : " ";
        at = end + 1;
    }
    return text;
}

namespace {

// How many columns or rows a cell takes.
std::size_t spanOf(std::string_view tag, std::string_view name)
{
    const auto at = tag.find(name);
    if (at == tag.npos)
        return 1;
    const auto digits = tag.find_first_of("0123456789", at + name.size());
    constexpr std::size_t kMost = 64;
    std::size_t span = 0;
    for (auto i = digits; i < tag.size() && tag[i] >= '0' && tag[i] <= '9' && span <= kMost; ++i)
        span = span * 10 + static_cast<std::size_t>(tag[i] - '0');
    return std::clamp<std::size_t>(span, 1, kMost);
}

} // namespace

std::vector<HtmlRow> htmlRows(const std::vector<std::string_view>& lines, std::size_t at, std::size_t& end)
{
    std::vector<HtmlRow> rows;
    bool isCell = false;
    std::size_t span = 1;
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
                span = spanOf(tag, "colspan");
                rows.back().isSpanned = rows.back().isSpanned || spanOf(tag, "rowspan") > 1;
                rows.back().cells.emplace_back();
                isCell = true;
                i = close + 1;
                continue;
            }
            const bool isEnd = name == "/td" || name == "/th" || name == "/tr";
            if (isCell && isEnd && span > 1) // the same under each of the columns
                rows.back().cells.resize(rows.back().cells.size() + span - 1, std::string(rows.back().cells.back()));
            isCell = isCell && !isEnd;
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
