// SPDX-License-Identifier: GPL-3.0-or-later
// A table for people: columns aligned by what a terminal shows, numbers to the right, no frame. Cells are made safe for
// a terminal, and one too long is cut, so that nobody's name breaks a table. A value; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nabiz::app {

class TextTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
        std::size_t most = 60; // columns of the terminal; the last of a table takes what there is
    };

    explicit TextTable(std::vector<Column> columns);
    // As many cells as columns.
    void add(std::vector<std::string> cells);
    bool empty() const { return m_rows.empty(); }
    // With the titles as first line, unless all are empty; every line ends in a line break.
    std::string text() const;

private:
    std::string fitted(std::size_t column, const std::string& text) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace nabiz::app
