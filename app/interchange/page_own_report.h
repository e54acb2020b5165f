// SPDX-License-Identifier: GPL-3.0-or-later
// A report that the program itself has written: its tables say all, its sentences nothing that they do not.
// One thread.
#pragma once

#include "app/interchange/page_cells.h"
#include "app/interchange/page_text_reader.h"

namespace nabiz::app {

class PageOwnReport {
public:
    enum class Kind { No, OfOne, OfSeveral };
    static Kind kindOf(const std::vector<std::string_view>& lines);

    PageOwnReport(Kind kind, PageDraft& draft, PageTextReader& text, PageSettingsReader& settings)
        : m_kind(kind)
        , m_draft(draft)
        , m_text(text)
        , m_settings(settings)
    {
    }
    // How many lines it took.
    std::size_t read(std::size_t at, bool isInFence);

private:
    PageSaid row(const PageCells& header, const PageCells& cells, std::size_t at);
    PageSaid figure(const std::string& label, const std::string& value, std::size_t at);

    const Kind m_kind;
    PageDraft& m_draft;
    PageTextReader& m_text;
    PageSettingsReader& m_settings;
};

} // namespace nabiz::app
