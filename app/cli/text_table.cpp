// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text_table.h"

#include "app/run/terminal_text.h"

#include <algorithm>
#include <stdexcept>

namespace nabiz::app {

TextTable::TextTable(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_columns[i].title = fitted(i, m_columns[i].title);
}

std::string TextTable::fitted(std::size_t column, const std::string& text) const
{
    return column + 1 < m_columns.size() ? elided(text, m_columns[column].most) : safeLine(text);
}

void TextTable::add(std::vector<std::string> cells)
{
    if (cells.size() != m_columns.size())
        throw std::invalid_argument("a row of another table");
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i] = fitted(i, cells[i]);
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths;
    bool titled = false;
    for (const Column& column : m_columns) {
        widths.push_back(textWidth(column.title));
        titled = titled || !column.title.empty();
    }
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], textWidth(row[i]));
    }
    std::string text;
    const auto addLine = [&](auto cell) {
        std::string line;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::string& content = cell(i);
            const std::string padding(widths[i] - textWidth(content), ' ');
            line += (i ? "  " : "") + (m_columns[i].align == Align::Right ? padding + content : content + padding);
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    };
    if (titled)
        addLine([this](std::size_t i) -> const std::string& { return m_columns[i].title; });
    for (const auto& row : m_rows)
        addLine([&row](std::size_t i) -> const std::string& { return row[i]; });
    return text;
}

} // namespace nabiz::app
