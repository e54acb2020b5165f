// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of text: "**Batch 50:** `0.2715`", "Validation loss at step 1000: 2.34", "0: 6.3347 · 50: 0.2715", "memory 1.20
// GB". A figure is a loss only where its batch and its metric are named, and no other unit stands behind it. One
// thread.
#pragma once

#include "app/interchange/page_draft.h"
#include "app/interchange/page_epochs.h"
#include "app/interchange/page_names.h"
#include "app/interchange/page_settings_reader.h"

namespace nabiz::app {

class PageTextReader {
public:
    PageTextReader(PageDraft& draft, PageSettingsReader& settings)
        : m_draft(draft)
        , m_settings(settings)
    {
    }
    // `isLabelled`: the text is a name, a colon and its value, as of a row of a table.
    void read(const std::string& plain, std::size_t at, bool isLabelled);
    // Says nothing of a heading without points.
    void readHeading(const std::string& title, std::size_t at);
    PageSaid memoryOf(const std::string& plain, const std::vector<PageToken>& tokens, std::size_t at);

private:
    using Tokens = std::vector<PageToken>;
    PageSaid pointsOf(const Tokens& tokens, std::size_t at);
    PageSaid namedBatch(const Tokens& tokens, std::size_t at);
    PageSaid pairs(const Tokens& tokens, std::size_t at);
    PageSaid valuesBehind(const Tokens& tokens, std::size_t batch, std::size_t behind, std::size_t at);
    struct Place {
        std::size_t number = 0; // the token of the batch
        std::size_t line = 0;
    };
    std::optional<std::string> bareMetric(std::size_t at);
    void takeNamed(
        PageSaid& said, const Tokens& tokens, const Place& place, const NamedMetric& name, std::size_t value);
    PageSaid bareValue(
        const Tokens& tokens, const Place& place, std::size_t behind, const std::optional<std::string>& named);
    bool isValue(const Tokens& tokens, std::size_t at) const;
    void addValue(
        PageSaid& said, const Tokens& tokens, const Place& place, const std::string& metric, std::size_t value);

    PageDraft& m_draft;
    PageSettingsReader& m_settings;
    std::string m_label; // the line before, where it announces what follows
    std::optional<std::size_t> m_otherLine; // that named a batch, and another quantity
    std::optional<std::size_t> m_lossLine; // where a loss was taken last
    PageEpochs m_epochs;
};

} // namespace nabiz::app
