// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of Markdown and HTML, grids, and CSV: one with a column of batches, one with batches along its head, or pairs
// of name and value. A head stays in force to the table's end. One thread.
#pragma once

#include "app/interchange/page_cells.h"
#include "app/interchange/page_text_reader.h"

#include <functional>

namespace nabiz::app {

class PageTableReader {
public:
    PageTableReader(PageDraft& draft, PageTextReader& text, PageSettingsReader& settings)
        : m_draft(draft)
        , m_text(text)
        , m_settings(settings)
    {
    }
    // How many lines it took, 0 when there is no table at that line.
    std::size_t read(std::size_t at);

private:
    using Rows = std::vector<PageCells>;
    using Places = std::vector<std::size_t>;
    std::size_t readGrid(std::size_t at);
    std::size_t readHtml(std::size_t at);
    std::size_t readAligned(std::size_t at);
    std::size_t readCsv(std::size_t at);
    std::size_t readCsv(std::size_t at, char separator);
    std::size_t csvRows(std::size_t at, bool headed, std::size_t columns,
        const std::function<PageCells(std::size_t)>& cut, Rows& rows, Places& places) const;
    void readTable(PageCells header, std::size_t headerAt, Rows rows, const Places& at);
    using Columns = std::vector<std::pair<std::size_t, std::string>>; // place, metric
    std::optional<trainer::Message> ofAnother(
        const PageCells& header, const Rows& rows, std::size_t batch, const Columns& columns) const;
    void readRows(const PageCells& header, const Rows& rows, const Places& at);
    bool readAcross(const PageCells& header, const Rows& rows, const Places& at);
    void readPairs(const PageCells& header, const Rows& rows, const Places& at);

    PageDraft& m_draft;
    PageTextReader& m_text;
    PageSettingsReader& m_settings;
};

} // namespace nabiz::app
