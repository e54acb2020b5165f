// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of another program's table as they came, behind one that was read before. A page of the file that cannot be
// read is passed over and counted: what stands behind it comes all the same. The connection's thread.
#pragma once

#include "storage/schema/hot_statement.h"

namespace nabiz::storage {

class ForeignRows {
public:
    // The query selects the rowid first, of those > ?, ordered by it.
    ForeignRows(SQLite::Database& database, const std::string& query, std::int64_t behind)
        : m_row(database, query)
        , m_last(behind)
    {
        m_row.bind(1, behind);
    }
    bool next();
    HotStatement& row() { return m_row; }
    std::int64_t last() const { return m_last; } // rowid of the row that was given last
    std::int64_t gaps() const { return m_gaps; }

private:
    enum class Step { Row, End, Damaged };
    Step step();
    Step stepBehind(std::int64_t row);
    bool passGap();

    HotStatement m_row;
    std::int64_t m_last;
    std::int64_t m_gaps = 0;
};

} // namespace nabiz::storage
