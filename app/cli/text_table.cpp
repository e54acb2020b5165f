// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text_table.h"

#include <algorithm>
#include <stdexcept>

namespace nabiz::app {

namespace {

bool beginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t width(std::string_view text) { return static_cast<std::size_t>(std::ranges::count_if(text, beginsCharacter)); }

} // namespace

TextTable::TextTable(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
}

void TextTable::add(std::vector<std::string> cells)
{
    if (cells.size() != m_columns.size())
        throw std::invalid_argument("a row of another table");
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths;
    bool titled = false;
    for (const Column& column : m_columns) {
        widths.push_back(width(column.title));
        titled = titled || !column.title.empty();
    }
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text;
    const auto addLine = [&](auto cell) {
        std::string line;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::string& content = cell(i);
            const std::string padding(widths[i] - width(content), ' ');
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

std::string elided(std::string_view text, std::size_t limit)
{
    std::string result;
    std::size_t count = 0;
    const bool cut = width(text) > limit;
    for (const char c : text) {
        if (beginsCharacter(c) && cut && ++count == limit)
            return result + "…";
        result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return result;
}

} // namespace nabiz::app
