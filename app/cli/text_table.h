// SPDX-License-Identifier: GPL-3.0-or-later
// A table for people: columns aligned by what is seen of UTF-8, numbers to the right, no frame.
// A value; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

class TextTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit TextTable(std::vector<Column> columns);
    // As many cells as columns.
    void add(std::vector<std::string> cells);
    bool empty() const { return m_rows.empty(); }
    // With the titles as first line, unless all are empty; every line ends in a line break.
    std::string text() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

// Cut to `width` characters, the last an ellipsis; control characters as spaces.
std::string elided(std::string_view text, std::size_t width);

} // namespace nabiz::app
