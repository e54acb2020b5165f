// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as CSV: cut into rows and cells to the end, its columns told, every cell a number or not. One thread.
#include "app/interchange/csv/csv_columns.h"
#include "app/interchange/csv/csv_rows.h"
#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace nabiz;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    app::CsvRows rows(app::CsvRows::separatorOf(text));
    std::vector<std::vector<std::string>> all;
    std::vector<std::string_view> cells;
    for (std::size_t at = 0, last = 0; rows.next(text, at, cells, true); last = at) {
        if (at <= last)
            std::abort();
        all.emplace_back(cells.begin(), cells.end());
    }
    app::isoTime(text);
    app::sourceStep(text);
    app::pythonJson(text);
    if (all.empty())
        return 0;
    const std::vector<std::string_view> header(all[0].begin(), all[0].end());
    const std::vector<std::vector<std::string>> sample(all.begin() + 1, all.end());
    const app::CsvColumns columns(header, sample, rows.separator(), "file");
    if (columns.columns().size() != header.size())
        std::abort();
    for (const auto& row : sample) {
        const std::vector<std::string_view> views(row.begin(), row.end());
        columns.step(views);
        columns.wall(views);
        for (const auto cell : views)
            columns.number(cell);
    }
    return 0;
}
