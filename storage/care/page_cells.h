// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on one page of a database, cell by cell: of each only what is whole. Nothing that is read is believed: a
// length, a place or a page number may be any. One thread.
#pragma once

#include "storage/care/page_file.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::storage {

struct CellValue {
    enum Type : std::uint8_t { Null, Integer, Real, Text, Blob };
    Type type = Null;
    std::int64_t integer = 0;
    double real = 0;
    std::string bytes; // of a text or a blob
};

struct PageCell {
    std::int64_t rowid = 0; // of a table
    PageNumber child = 0; // left of it; of an interior page
    std::vector<CellValue> values; // empty on a table's interior page
};

enum class PageKind : std::uint8_t { None = 0, IndexInterior = 2, TableInterior = 5, IndexLeaf = 10, TableLeaf = 13 };
inline bool isInterior(PageKind kind)
{
    return kind == PageKind::IndexInterior || kind == PageKind::TableInterior;
}
inline bool isOfTable(PageKind kind)
{
    return kind == PageKind::TableInterior || kind == PageKind::TableLeaf;
}

struct PageContent {
    PageKind kind = PageKind::None;
    std::vector<PageCell> cells;
    PageNumber right = 0; // the last child
    int broken = 0; // cells that cannot be read
    std::vector<PageNumber> overflow; // pages that its cells go on in
};

// With `depth` the cells' values too, else only where the children are.
enum class PageDepth { Children, Values };
PageContent readPage(const PageFile& file, PageNumber number, PageDepth depth);

} // namespace nabiz::storage
