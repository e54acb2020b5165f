// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of Markdown, and CSV: one with a column of batches, one with batches along its head, or pairs of name and
// value.
#include "app/interchange/page_reader.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

namespace {

std::vector<std::string> split(std::string_view line, char separator)
{
    std::vector<std::string> cells;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= line.size(); ++i) {
        if (i < line.size() && (line[i] != separator || (separator == '|' && i > 0 && line[i - 1] == '\\')))
            continue;
        cells.push_back(plainText(line.substr(start, i - start)));
        start = i + 1;
    }
    return cells;
}

bool isNothing(std::string_view cell)
{
    return cell.empty() || cell == "–" || cell == "-" || cell == "—" || cell == "…";
}

bool areAllNumbers(const std::vector<std::string>& cells)
{
    return std::all_of(cells.begin(), cells.end(),
        [](const auto& cell) { return !cell.empty() && numberLength(cell) == cell.size(); });
}

// The column of values in a table of settings or figures: of several, the one of the run itself.
std::size_t valueColumn(const std::vector<std::string>& header)
{
    for (std::size_t i = 1; i < header.size(); ++i) {
        const auto name = folded(header[i]);
        for (const char* wanted : { "this run", "bu koşu", "declared", "bildirilen", "value", "değer" }) {
            if (name == wanted)
                return i;
        }
    }
    return 1;
}

} // namespace

PageReader::Cells PageReader::tableCells(std::string_view line)
{
    while (!line.empty() && line.front() == ' ')
        line.remove_prefix(1);
    while (!line.empty() && line.back() == ' ')
        line.remove_suffix(1);
    if (line.starts_with('|'))
        line.remove_prefix(1);
    if (line.ends_with('|') && !line.ends_with("\\|"))
        line.remove_suffix(1);
    return split(line, '|');
}

bool PageReader::isRule(std::string_view line)
{
    return line.find("--") != std::string_view::npos && line.find_first_not_of("|-: \t") == std::string_view::npos;
}

std::size_t PageReader::readTable(std::size_t at)
{
    if (!has(at + 1) || m_lines[at].find('|') == std::string_view::npos || !isRule(m_lines[at + 1]))
        return 0;
    const Cells header = tableCells(m_lines[at]);
    std::vector<Cells> rows;
    std::vector<std::size_t> places;
    std::size_t end = at + 2;
    for (; has(end) && m_lines[end].find('|') != std::string_view::npos; ++end) {
        rows.push_back(tableCells(m_lines[end]));
        places.push_back(end);
    }
    if (meansBatch(folded(header.front())) && header.size() > 2
        && areAllNumbers({ header.begin() + 1, header.end() })) {
        if (!readAcross(header, rows, places))
            say(at, LineKind::NotUnderstood,
                { message(NABIZ_TEXT("Message", "several rows, and none is called loss")) });
    } else if (std::any_of(header.begin(), header.end(), [](const auto& cell) { return meansBatch(folded(cell)); })) {
        readRows(header, rows, places);
    } else {
        readPairsOfCells(header, rows, places);
    }
    return end - at;
}

std::size_t PageReader::readCsv(std::size_t at)
{
    for (const char separator : { '\t', ';', ',' }) {
        if (m_lines[at].find(separator) == std::string_view::npos)
            continue;
        Cells header = split(m_lines[at], separator);
        const bool headed = std::any_of(header.begin(), header.end(), [](const auto& cell) {
            return meansBatch(folded(cell));
        }) && !areAllNumbers(header);
        const std::size_t columns = header.size();
        std::vector<Cells> rows;
        std::vector<std::size_t> places;
        for (std::size_t i = at + (headed ? 1 : 0); has(i); ++i) {
            Cells cells = split(m_lines[i], separator);
            const auto isCell = [](const auto& cell) {
                return isNothing(cell) || numberLength(cell) == cell.size() || cell == "nan" || cell == "inf"
                    || cell == "-inf";
            };
            if (cells.size() != columns || !std::all_of(cells.begin(), cells.end(), isCell))
                break;
            rows.push_back(std::move(cells));
            places.push_back(i);
        }
        // Without a head only two columns are clear, and two rows: 0,6.3347 could be one number.
        if (rows.empty() || (!headed && (columns != 2 || rows.size() < 2)))
            continue;
        if (!headed)
            header = { "batch", "loss" };
        readRows(header, rows, places);
        return rows.size() + (headed ? 1 : 0);
    }
    return 0;
}

void PageReader::readRows(const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at)
{
    std::size_t batch = header.size();
    std::vector<std::pair<std::size_t, std::string>> columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto name = folded(header[i]);
        if (batch == header.size() && meansBatch(name))
            batch = i;
        else if (const auto metric = metricOf(name); !metric.empty())
            columns.emplace_back(i, metric);
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        Said said;
        const Cells& cells = rows[row];
        for (const auto& [column, metric] : columns) {
            if (batch >= cells.size() || column >= cells.size() || isNothing(cells[column]))
                continue;
            if (auto why = addPoint(cells[batch], metric, cells[column], at[row]))
                said.refused.push_back(std::move(*why));
            else
                said.taken.push_back(message(NABIZ_TEXT("Message", "%1 at batch %2"), metric, cells[batch]));
        }
        if (columns.empty())
            said.refused.push_back(message(NABIZ_TEXT("Message", "no column of the table is called loss")));
        else if (said.empty())
            continue;
        say(at[row], std::move(said));
    }
}

// | batch | 0 | 50 | … | over | loss | 6.3347 | 0.2715 | … |
bool PageReader::readAcross(const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at)
{
    bool found = false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::string metric = metricOf(folded(rows[row].front()));
        if (metric.empty() && rows.size() == 1)
            metric = "loss";
        if (metric.empty())
            continue;
        found = true;
        Said said;
        std::size_t taken = 0;
        for (std::size_t i = 1; i < rows[row].size() && i < header.size(); ++i) {
            if (isNothing(rows[row][i]))
                continue;
            if (auto why = addPoint(header[i], metric, rows[row][i], at[row]))
                said.refused.push_back(std::move(*why));
            else
                ++taken;
        }
        said.taken.push_back(message(NABIZ_TEXT("Message", "%1 at %2 batches"), metric, std::to_string(taken)));
        say(at[row], std::move(said));
    }
    return found;
}

void PageReader::readPairsOfCells(
    const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at)
{
    const std::size_t column = valueColumn(header);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].size() <= column || isNothing(rows[row].front()) || isNothing(rows[row][column]))
            continue;
        // A key is the setting, whatever commas its value has.
        const auto* parameter = trainer::findParameter(rows[row].front());
        if (Said said = parameter ? settingValue(*parameter, rows[row][column], false, at[row], true) : Said();
            !said.empty())
            say(at[row], std::move(said));
        else
            readText(rows[row].front() + ": " + rows[row][column], at[row], true);
    }
}

} // namespace nabiz::app
