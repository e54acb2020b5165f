// SPDX-License-Identifier: GPL-3.0-or-later
// Settings in lines of text: "batch size 4, learning rate 0.0001; device cuda", "d_model: 384", "one expert
// (language)". A value that says more than one number is refused. One thread.
#pragma once

#include "app/interchange/page_draft.h"
#include "trainer/config/parameters/parameter_table.h"

namespace nabiz::app {

class PageSettingsReader {
public:
    explicit PageSettingsReader(PageDraft& draft)
        : m_draft(draft)
    {
    }
    PageSaid ofLine(const std::string& plain, std::size_t at, bool isLabelled);
    PageSaid ofValue(
        const trainer::Parameter& row, std::string_view value, bool isPhrase, std::size_t at, bool isLabelled);

private:
    PageSaid ofClause(std::string_view clause, std::size_t at, bool isLabelled);
    std::optional<PageSaid> ofNumber(
        const std::string& key, std::string_view value, bool isLabelled, std::string& written) const;

    PageDraft& m_draft;
};

} // namespace nabiz::app
