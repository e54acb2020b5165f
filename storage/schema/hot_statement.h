// SPDX-License-Identifier: GPL-3.0-or-later
// A prepared statement for the loops that run once a point. SQLiteCpp makes an object that counts references for each
// value it reads, which costs more than SQLite itself there; everything else goes through SQLiteCpp. The connection's
// thread.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <string>
#include <string_view>

namespace nabiz::storage {

class HotStatement {
public:
    HotStatement(SQLite::Database& database, const std::string& query)
        : m_database(database)
    {
        check(sqlite3_prepare_v3(database.getHandle(), query.c_str(), static_cast<int>(query.size()) + 1,
            SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr));
    }
    ~HotStatement() { sqlite3_finalize(m_statement); }
    HotStatement(const HotStatement&) = delete;
    HotStatement& operator=(const HotStatement&) = delete;

    void bind(int index, std::int64_t value) { sqlite3_bind_int64(m_statement, index, value); }
    void bind(int index, double value) { sqlite3_bind_double(m_statement, index, value); } // NaN becomes NULL
    // The next row, or false at the end.
    bool step()
    {
        const int result = sqlite3_step(m_statement);
        if (result == SQLITE_ROW)
            return true;
        if (result != SQLITE_DONE)
            fail(result);
        return false;
    }
    // Before it is bound anew.
    void reset() { sqlite3_reset(m_statement); }
    void run()
    {
        step();
        sqlite3_reset(m_statement);
    }
    std::int64_t integer(int column) { return sqlite3_column_int64(m_statement, column); }
    double real(int column) { return sqlite3_column_double(m_statement, column); }
    // Good until the next step.
    std::string_view text(int column)
    {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
        return { bytes ? bytes : "", bytes ? static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)) : 0 };
    }
    bool isNull(int column) { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

private:
    void check(int result)
    {
        if (result != SQLITE_OK)
            fail(result);
    }
    [[noreturn]] void fail(int result)
    {
        const SQLite::Exception error(m_database.getHandle(), result);
        sqlite3_reset(m_statement); // ready for another try
        throw error;
    }

    SQLite::Database& m_database;
    sqlite3_stmt* m_statement = nullptr;
};

} // namespace nabiz::storage
