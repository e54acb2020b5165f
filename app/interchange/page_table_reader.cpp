// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_table_reader.h"
#include "app/interchange/csv/csv_rows.h"
#include "app/interchange/page_columns.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

std::size_t PageTableReader::read(std::size_t at)
{
    if (const auto taken = readGrid(at); taken > 0)
        return taken;
    if (const auto taken = readHtml(at); taken > 0)
        return taken;
    const auto taken = readCsv(at);
    return taken > 0 ? taken : readAligned(at);
}

std::size_t PageTableReader::readAligned(std::size_t at)
{
    const auto table = alignedTable(m_draft.lines(), at);
    if (!table)
        return 0;
    readRows(table->header, table->rows, table->lines);
    return table->end - at;
}

std::size_t PageTableReader::readGrid(std::size_t at)
{
    if (!m_draft.has(at + 1) || m_draft.line(at).find('|') == std::string_view::npos
        || !isTableRule(m_draft.line(at + 1)))
        return 0;
    const PageCells header = tableCells(m_draft.line(at));
    // Dashes alone part a log's lines, too: these have figures.
    const bool isPlainRule = m_draft.line(at + 1).find_first_of("|+") == std::string_view::npos;
    if (isPlainRule && m_draft.line(at).find_first_of("0123456789") != std::string_view::npos)
        return 0;
    Rows rows;
    Places places;
    std::size_t end = at + 2;
    for (; m_draft.has(end); ++end) {
        if (isTableRule(m_draft.line(end)))
            continue;
        if (m_draft.line(end).find('|') == std::string_view::npos)
            break;
        rows.push_back(tableCells(m_draft.line(end)));
        places.push_back(end);
    }
    readTable(header, at, rows, places);
    return end - at;
}

std::size_t PageTableReader::readHtml(std::size_t at)
{
    if (folded(m_draft.line(at)).find("<table") == std::string::npos)
        return 0;
    std::size_t end = at;
    const auto found = htmlRows(m_draft.lines(), at, end);
    Rows rows;
    Places places;
    for (std::size_t i = 1; i < found.size(); ++i) {
        PageCells cells;
        for (const auto& cell : found[i].cells)
            cells.push_back(plainText(cell));
        rows.push_back(std::move(cells));
        places.push_back(found[i].line);
    }
    if (std::any_of(found.begin(), found.end(), [](const HtmlRow& row) { return row.isSpanned; })) {
        for (const auto line : places)
            m_draft.say(line, LineKind::NotUnderstood,
                { message(NABIZ_TEXT("Message", "cells of the table go over several rows")) });
    } else if (!found.empty() && !found.front().cells.empty()) {
        PageCells header;
        for (const auto& cell : found.front().cells)
            header.push_back(plainText(cell));
        readTable(header, found.front().line, rows, places);
    }
    return end - at;
}

void PageTableReader::readTable(PageCells header, std::size_t headerAt, Rows rows, const Places& at)
{
    nameBatches(header, rows);
    if (meansBatch(folded(header.front())) && header.size() > 2
        && areAllNumbers({ header.begin() + 1, header.end() })) {
        if (!readAcross(header, rows, at))
            m_draft.say(headerAt, LineKind::NotUnderstood,
                { message(NABIZ_TEXT("Message", "several rows, and none is called loss")) });
    } else if (std::any_of(header.begin(), header.end(), [](const auto& cell) { return meansBatch(headName(cell)); })) {
        readRows(header, rows, at);
    } else {
        readPairs(header, rows, at);
    }
}

std::size_t PageTableReader::readCsv(std::size_t at)
{
    for (const char separator : { '\t', ';', ',' }) {
        if (m_draft.line(at).find(separator) == std::string_view::npos)
            continue;
        const auto style = m_draft.numbers();
        const auto taken = readCsv(at, separator);
        m_draft.numbers() = style;
        if (taken > 0)
            return taken;
    }
    return 0;
}

// The rows behind a head, or from `at` on; the place behind the last.
std::size_t PageTableReader::csvRows(std::size_t at, bool headed, std::size_t columns,
    const std::function<PageCells(std::size_t)>& cut, Rows& rows, Places& places) const
{
    std::size_t end = at + (headed ? 1 : 0);
    for (auto i = end; m_draft.has(i); ++i) {
        if (headed && plainText(m_draft.line(i)).empty())
            continue; // the head stays in force
        PageCells cells = cut(i);
        const bool isRow = cells.size() == columns
            && (headed ? std::any_of(cells.begin(), cells.end(), isNumberOrNone)
                       : std::all_of(cells.begin(), cells.end(), isNumberOrNone));
        if (!isRow)
            break;
        rows.push_back(std::move(cells));
        places.push_back(i);
        end = i + 1;
    }
    return end;
}

std::size_t PageTableReader::readCsv(std::size_t at, char separator)
{
    CsvRows reader(separator);
    const auto cut = [&](std::size_t line) {
        std::vector<std::string_view> cells;
        std::size_t place = 0;
        reader.next(m_draft.line(line), place, cells, true);
        PageCells plain;
        for (const auto cell : cells)
            plain.push_back(plainText(cell));
        return plain;
    };
    PageCells header = cut(at);
    const auto isColumn = [](const auto& cell) { return meansBatch(headName(cell)); };
    const bool headed = std::any_of(header.begin(), header.end(), isColumn) && !areAllNumbers(header)
        && std::none_of(header.begin(), header.end(),
            [](const auto& cell) { return !cell.empty() && numberLength(cell) == cell.size(); });
    Rows rows;
    Places places;
    const auto end = csvRows(at, headed, header.size(), cut, rows, places);
    // Without a head only two columns are clear, and two rows: 0,6.3347 could be one number.
    if (rows.empty() || (!headed && (header.size() != 2 || rows.size() < 2)))
        return 0;
    if (!headed) { // whatever they count, nothing names it
        for (const auto line : places)
            m_draft.say(line, LineKind::NotUnderstood,
                { message(NABIZ_TEXT("Message", "no column of the table counts batches")) });
        return end - at;
    }
    // Cut by semicolons, since its commas are decimal.
    if (separator == ';' && std::any_of(places.begin(), places.end(), [this](std::size_t line) {
            return m_draft.line(line).find(',') != std::string_view::npos;
        }))
        m_draft.numbers() = PageNumbers(PageNumbers::Style::Comma);
    readRows(header, rows, places);
    return end - at;
}

// Why none of the rows is taken: they are of several runs, or of another than the one of the lines above.
std::optional<trainer::Message> PageTableReader::ofAnother(
    const PageCells& header, const Rows& rows, std::size_t batch, const Columns& columns) const
{
    if (const auto name = severalIn(header, rows); !name.empty())
        return message(NABIZ_TEXT("Message", "the rows are of several: %1 tells them apart"), name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (columns[i].second == columns[k].second)
                return message(NABIZ_TEXT("Message", "the columns %1 and %2 are both of %3"), header[columns[k].first],
                    header[columns[i].first], columns[i].second);
        }
    }
    for (const auto& cells : rows) {
        for (const auto& [column, metric] : columns) {
            if (batch >= cells.size() || column >= cells.size() || isNothing(cells[column]))
                continue;
            if (auto why = m_draft.otherValue(cells[batch], metric, valueOfCell(cells[column])))
                return why;
        }
    }
    return std::nullopt;
}

void PageTableReader::readRows(const PageCells& header, const Rows& rows, const Places& at)
{
    std::size_t batch = header.size();
    Columns columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto name = headName(header[i]);
        if (meansBatch(name))
            batch = batch == header.size() || batchRank(name) > batchRank(headName(header[batch])) ? i : batch;
        else if (const auto metric = metricOf(name); !metric.empty())
            columns.emplace_back(i, metric);
    }
    const auto other = batch < header.size() && isOfSizes(headName(header[batch]), batch, rows)
        ? std::optional(
              message(NABIZ_TEXT("Message", "%1 doubles from row to row: sizes of batches, perhaps, and no count"),
                  header[batch]))
        : ofAnother(header, rows, batch, columns);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        PageSaid said;
        const PageCells& cells = rows[row];
        if (other || cells.size() > header.size()) {
            m_draft.say(at[row], LineKind::NotUnderstood,
                { other ? *other : message(NABIZ_TEXT("Message", "more cells than the table has heads")) });
            continue;
        }
        for (const auto& [column, metric] : columns) {
            if (batch >= cells.size() || column >= cells.size() || isNothing(cells[column]))
                continue;
            if (auto why = m_draft.addPoint(cells[batch], metric, valueOfCell(cells[column]), at[row]))
                said.refused.push_back(std::move(*why));
            else
                said.taken.push_back(m_draft.pointSaid(cells[batch], metric, valueOfCell(cells[column])));
        }
        if (columns.empty())
            said.refused.push_back(message(NABIZ_TEXT("Message", "no column of the table is called loss")));
        else if (said.empty())
            continue;
        m_draft.say(at[row], std::move(said));
    }
}

// | batch | 0 | 50 | … | over | loss | 6.3347 | 0.2715 | … |
bool PageTableReader::readAcross(const PageCells& header, const Rows& rows, const Places& at)
{
    bool found = false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::string metric = metricOf(headName(rows[row].front()));
        if (metric.empty() && rows.size() == 1 && isNothing(rows[row].front()))
            metric = "loss";
        if (metric.empty())
            continue;
        found = true;
        PageSaid said;
        std::size_t taken = 0;
        for (std::size_t i = 1; i < rows[row].size() && i < header.size(); ++i) {
            if (isNothing(rows[row][i]))
                continue;
            if (auto why = m_draft.addPoint(header[i], metric, valueOfCell(rows[row][i]), at[row]))
                said.refused.push_back(std::move(*why));
            else
                ++taken;
        }
        said.taken.push_back(message(NABIZ_TEXT("Message", "%1 at %2 batches"), metric, std::to_string(taken)));
        m_draft.say(at[row], std::move(said));
    }
    return found;
}

void PageTableReader::readPairs(const PageCells& header, const Rows& rows, const Places& at)
{
    const std::size_t column = valueColumn(header);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].size() <= column || isNothing(rows[row].front()))
            continue;
        // Folds, cards, epochs: what counts there is no batch.
        if (numberLength(rows[row].front()) == rows[row].front().size()) {
            m_draft.say(at[row], LineKind::NotUnderstood,
                { message(
                    NABIZ_TEXT("Message", "%1 counts no batches: no column of the table does"), header.front()) });
            continue;
        }
        if (rows[row][column].empty() || rows[row][column] == "–")
            continue;
        // A key is the setting, whatever commas its value has.
        const auto* parameter = trainer::findParameter(rows[row].front());
        if (PageSaid said
            = parameter ? m_settings.ofValue(*parameter, rows[row][column], false, at[row], true) : PageSaid();
            !said.empty())
            m_draft.say(at[row], std::move(said));
        else
            m_text.read(rows[row].front() + ": " + rows[row][column], at[row], true);
    }
}

} // namespace nabiz::app
