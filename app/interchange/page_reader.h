// SPDX-License-Identifier: GPL-3.0-or-later
// The reading of one page, line by line; what readPage() is made of: headings, blocks of code, a person's own sections.
// What a line holds its own readers take: tables, text, settings, a report of ours. Pure; any thread.
#pragma once

#include "app/interchange/page_own_report.h"
#include "app/interchange/page_table_reader.h"

namespace nabiz::app {

class PageReader {
public:
    explicit PageReader(std::string_view text);
    PublishedPage read();

private:
    std::size_t skipFrontMatter();
    std::size_t readAt(std::size_t at);
    bool isFence(std::size_t at);
    std::size_t readHeading(std::size_t at);
    bool beginSection(std::size_t at);
    std::size_t readMarkup(std::size_t at);
    void keepWords(std::size_t at);
    bool isOfADiff(std::size_t at);
    void beginCaption(std::string_view line, const std::string& plain);
    void endCaption();
    void keepTitle(const std::string& title);
    bool isOwn() const { return m_kind != PageOwnReport::Kind::No; }

    bool m_isCaptionUsed = false; // something stands below it
    PageDraft m_draft;
    PageSettingsReader m_settings;
    PageTextReader m_text;
    PageTableReader m_tables;
    PageOwnReport::Kind m_kind;
    PageOwnReport m_own;
    std::string m_section; // one of a person's own that is being read
    std::string_view m_fence; // of the block of code that is being read
    bool m_isDiff = false; // it is a change
};

} // namespace nabiz::app
