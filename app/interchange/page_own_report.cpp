// SPDX-License-Identifier: GPL-3.0-or-later
// A report of this program, read back: settings by their keys, losses by their batches, figures with the batch behind
// the @. One of several runs is nobody's figures, and is said to be so.
#include "app/interchange/page_own_report.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

namespace {

bool isOneOf(const std::string& word, std::initializer_list<const char*> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::size_t columnOfRun(const std::vector<std::string>& header)
{
    const auto found = std::find_if(header.begin(), header.end(),
        [](const auto& cell) { return isOneOf(folded(cell), { "this run", "bu koşu" }); });
    return static_cast<std::size_t>(found - header.begin());
}

} // namespace

PageOwnReport::Kind PageOwnReport::kindOf(const std::vector<std::string_view>& lines)
{
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (line->find_first_not_of(' ') == std::string_view::npos)
            continue;
        const bool english
            = line->starts_with("Written by Nabız ") && line->find(" of the database ") != std::string_view::npos;
        const bool turkish = line->starts_with("Nabız ") && line->find(" veritabanı") != std::string_view::npos;
        if (!english && !turkish)
            return Kind::No;
        const bool several = english ? line->find(" from runs ") != std::string_view::npos
                                     : line->find("koşularından") != std::string_view::npos;
        return several ? Kind::OfSeveral : Kind::OfOne;
    }
    return Kind::No;
}

std::size_t PageOwnReport::read(std::size_t at, bool isInFence)
{
    const bool isTable
        = !isInFence && m_draft.has(at + 1) && m_draft.line(at).starts_with('|') && isTableRule(m_draft.line(at + 1));
    if (!isTable) {
        m_draft.say(at, LineKind::Words,
            { message(NABIZ_TEXT("Message", "a sentence of the report: its tables hold the figures")) });
        return 1;
    }
    const PageCells header = tableCells(m_draft.line(at));
    std::size_t end = at + 2;
    for (; m_draft.has(end) && m_draft.line(end).starts_with('|'); ++end) {
        PageSaid said = m_kind == Kind::OfSeveral
            ? PageSaid { {}, { message(NABIZ_TEXT("Message", "a report of several runs: give that of one")) } }
            : row(header, tableCells(m_draft.line(end)), end);
        if (!said.empty())
            m_draft.say(end, std::move(said));
        else
            m_draft.say(end, LineKind::Words,
                { message(NABIZ_TEXT("Message", "a line of the report that is no figure of the run")) });
    }
    return end - at;
}

PageSaid PageOwnReport::row(const PageCells& header, const PageCells& cells, std::size_t at)
{
    const std::string first = folded(header.front());
    const std::size_t run = columnOfRun(header);
    if (isOneOf(first, { "setting", "ayar" })) {
        const auto* parameter = trainer::findParameter(cells.front());
        return parameter && run < cells.size() ? m_settings.ofValue(*parameter, cells[run], false, at, true)
                                               : PageSaid();
    }
    if (cells.size() != 2 || header.size() != 2) // beside the reported run, which is another's
        return {};
    if (meansBatch(first)) {
        auto why = m_draft.addPoint(cells[0], "loss", cells[1], at);
        return why ? PageSaid { {}, { std::move(*why) } }
                   : PageSaid { { message(NABIZ_TEXT("Message", "%1 at batch %2"), "loss", cells[0]) }, {} };
    }
    return isOneOf(first, { "figure", "ölçüm" }) ? figure(cells[0], cells[1], at) : PageSaid();
}

PageSaid PageOwnReport::figure(const std::string& label, const std::string& value, std::size_t at)
{
    const auto place = value.find(" @ ");
    const std::string metric = metricOf(folded(label.substr(0, label.find(','))));
    if (!metric.empty() && place != std::string::npos) {
        const std::string batch = value.substr(place + 3);
        auto why = m_draft.addPoint(batch, metric, value.substr(0, place), at);
        return why ? PageSaid { {}, { std::move(*why) } }
                   : PageSaid { { message(NABIZ_TEXT("Message", "%1 at batch %2"), metric, batch) }, {} };
    }
    const std::string line = label + ": " + value;
    return m_text.memoryOf(line, pageTokens(line), at);
}

} // namespace nabiz::app
