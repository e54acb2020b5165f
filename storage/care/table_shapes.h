// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows of each table and index lie on the pages of a database, so that a page tells whose it is. Taken from a
// database made anew with the same schema, not written down a second time. Constant; any thread.
#pragma once

#include "storage/care/page_cells.h"

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

struct ShapeColumn {
    std::string name; // empty: the row's number, at an index's end
    CellValue::Type type = CellValue::Null;
    bool mayBeNull = false;
    bool isRowid = false; // it stands not in the record, but as the row's number
};

struct TableShape {
    std::string name; // of the table or the index
    std::string table;
    bool hasRowids = false; // a tree of the kind that tables have
    bool isIndex = false; // what it says stands in the table too
    std::vector<ShapeColumn> columns; // in the order of a record
    std::size_t least = 0; // columns that a row has at least: later versions add some
    PageNumber usualRoot = 0; // where its tree begins in a database that was made at once
};

// Of an empty database with Nabız's tables; `first` is one with those of version 1.
std::vector<TableShape> tableShapes(SQLite::Database& empty, SQLite::Database& first);
// Whether it may be a row of that table.
bool fits(const TableShape& shape, const PageCell& cell);

} // namespace nabiz::storage
