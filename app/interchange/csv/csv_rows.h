// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts CSV into rows and cells: quoting as in RFC 4180, with line breaks in quotes; separators of every kind. Gives
// only rows that are whole. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

class CsvRows {
public:
    explicit CsvRows(char separator)
        : m_separator(separator)
    {
    }
    char separator() const { return m_separator; }
    // Where the header begins: behind a mark of UTF-8, blank lines and comments.
    static std::size_t headerAt(std::string_view text);
    // The comma, semicolon, tab or bar that stands most often in the first line outside of quotes.
    static char separatorOf(std::string_view text);

    // The cells of the row that begins at `at`, blank ones trimmed; `at` is moved behind it. False, and nothing is
    // moved, when the row has no end yet, unless `isAll`. The cells are good until the next call.
    bool next(std::string_view text, std::size_t& at, std::vector<std::string_view>& cells, bool isAll);

private:
    std::string_view quoted(std::string_view cell);

    char m_separator;
    std::vector<std::string> m_unquoted; // of this row
    std::size_t m_used = 0;
};

} // namespace nabiz::app
