// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of a published table: what their heads say, whether the rows are of one run, and tables whose columns are
// parted by spaces alone, as pandas, `column -t` and reStructuredText write them. Pure; any thread.
#pragma once

#include "app/interchange/page_cells.h"

#include <optional>

namespace nabiz::app {

// What a column is called, without arrows that say which way is better. What stands behind it in brackets stays, as it
// may be another unit, unless it changes nothing.
std::string headName(std::string_view cell);
// The head of a column that tells seeds, folds, models or parts of the data apart, where the rows are of several; else
// empty.
std::string severalIn(const PageCells& header, const std::vector<PageCells>& rows);
// Of two columns that count batches, the higher is meant: global step before step, and step before batch.
int batchRank(std::string_view name);
// A column called batch that doubles from row to row: 32, 64, 128.
bool isOfSizes(std::string_view name, std::size_t column, const std::vector<PageCells>& rows);
// "Step 100" in each first cell, or along the head, becomes 100 under a head that says step.
void nameBatches(PageCells& header, std::vector<PageCells>& rows);
// The column of values in a table of settings or figures: of several, the one of the run itself.
std::size_t valueColumn(const PageCells& header);
bool isNumberOrNone(const std::string& cell);

struct AlignedTable {
    PageCells header;
    std::vector<PageCells> rows;
    std::vector<std::size_t> lines; // of the rows
    std::size_t end = 0; // the line behind it
};
// A head with a column of batches and one of a metric, and rows of as many cells; in front of them an index without a
// head, whose cells end where the heads end.
std::optional<AlignedTable> alignedTable(const std::vector<std::string_view>& lines, std::size_t at);

} // namespace nabiz::app
