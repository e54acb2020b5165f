// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/table_shapes.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <optional>

namespace nabiz::storage {

namespace {

using Statement = SQLite::Statement;

CellValue::Type typeNamed(const std::string& name)
{
    if (name == "INTEGER")
        return CellValue::Integer;
    if (name == "REAL")
        return CellValue::Real;
    return name == "BLOB" ? CellValue::Blob : CellValue::Text;
}

std::vector<ShapeColumn> columnsOf(SQLite::Database& database, const std::string& table, bool hasRowids)
{
    std::vector<ShapeColumn> columns;
    Statement query(database, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid");
    query.bind(1, table);
    while (query.executeStep()) {
        const auto type = typeNamed(query.getColumn(1).getString());
        const bool isKey = query.getColumn(3).getInt() > 0;
        columns.push_back({ query.getColumn(0).getString(), type, query.getColumn(2).getInt() == 0 && !isKey,
            hasRowids && isKey && type == CellValue::Integer });
    }
    // Only a key of one column stands for the row's number.
    if (std::count_if(columns.begin(), columns.end(), [](const auto& column) { return column.isRowid; }) > 1) {
        for (ShapeColumn& column : columns)
            column.isRowid = false;
    }
    return columns;
}

// Those of an index, or of a table that is one: the key first.
std::vector<ShapeColumn> indexColumns(
    SQLite::Database& database, const std::string& index, const std::vector<ShapeColumn>& ofTable)
{
    std::vector<ShapeColumn> columns;
    Statement query(database, "SELECT cid FROM pragma_index_xinfo(?) ORDER BY seqno");
    query.bind(1, index);
    while (query.executeStep()) {
        const int number = query.getColumn(0).getInt();
        ShapeColumn column { {}, CellValue::Integer, false, false };
        if (number >= 0)
            column = ofTable.at(static_cast<std::size_t>(number));
        column.isRowid = false; // in an index it stands in the record
        columns.push_back(std::move(column));
    }
    return columns;
}

PageNumber rootOf(SQLite::Database& database, const std::string& name)
{
    Statement query(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?");
    query.bind(1, name);
    return query.executeStep() ? static_cast<PageNumber>(query.getColumn(0).getInt64()) : 0;
}

std::size_t columnsIn(SQLite::Database& first, const std::string& table, std::size_t otherwise)
{
    Statement query(first, "SELECT count(*) FROM pragma_table_info(?)");
    query.bind(1, table);
    const bool isThere = query.executeStep() && query.getColumn(0).getInt() > 0;
    return isThere ? static_cast<std::size_t>(query.getColumn(0).getInt()) : otherwise;
}

} // namespace

std::vector<TableShape> tableShapes(SQLite::Database& empty, SQLite::Database& first)
{
    std::vector<TableShape> shapes;
    Statement tables(empty,
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite@_%'"
        " ESCAPE '@' ORDER BY name");
    while (tables.executeStep()) {
        const std::string table = tables.getColumn(0).getString();
        const bool hasRowids = tables.getColumn(1).getInt() == 0;
        const auto columns = columnsOf(empty, table, hasRowids);
        if (hasRowids)
            shapes.push_back(
                { table, table, true, false, columns, columnsIn(first, table, columns.size()), rootOf(empty, table) });
        Statement indexes(empty, "SELECT name, origin FROM pragma_index_list(?)");
        indexes.bind(1, table);
        while (indexes.executeStep()) {
            const std::string index = indexes.getColumn(0).getString();
            const bool isTable = !hasRowids && indexes.getColumn(1).getString() == "pk";
            const auto ofIndex = indexColumns(empty, index, columns);
            const std::string& name = isTable ? table : index;
            shapes.push_back({ name, table, false, !isTable, ofIndex, ofIndex.size(), rootOf(empty, name) });
        }
    }
    return shapes;
}

bool fits(const TableShape& shape, const PageCell& cell)
{
    const auto& values = cell.values;
    if (values.size() < shape.least || values.size() > shape.columns.size())
        return false;
    std::optional<std::int64_t> rowid; // an index may name it twice
    for (std::size_t i = 0; i < values.size(); ++i) {
        const ShapeColumn& column = shape.columns[i];
        const auto type = values[i].type;
        if (column.isRowid ? type != CellValue::Null : type == CellValue::Null ? !column.mayBeNull : false)
            return false;
        // What is whole of a REAL is kept as an integer.
        const bool isType = type == column.type || (column.type == CellValue::Real && type == CellValue::Integer);
        if (type != CellValue::Null && !isType)
            return false;
        if (shape.isIndex && (column.name == "id" || column.name.empty())) {
            if (rowid && *rowid != values[i].integer)
                return false;
            rowid = values[i].integer;
        }
    }
    return true;
}

} // namespace nabiz::storage
