// SPDX-License-Identifier: GPL-3.0-or-later
// A report of this program, read back: settings by their keys, losses by their batches, figures with the batch behind
// the @. One of several runs is nobody's figures, and is said to be so.
#include "app/interchange/page_reader.h"
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

PageReader::Own PageReader::ownReport(const std::vector<std::string_view>& lines)
{
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (line->find_first_not_of(' ') == std::string_view::npos)
            continue;
        const bool english
            = line->starts_with("Written by Nabız ") && line->find(" of the database ") != std::string_view::npos;
        const bool turkish = line->starts_with("Nabız ") && line->find(" veritabanı") != std::string_view::npos;
        if (!english && !turkish)
            return Own::No;
        const bool several = english ? line->find(" from runs ") != std::string_view::npos
                                     : line->find("koşularından") != std::string_view::npos;
        return several ? Own::OfSeveral : Own::OfOne;
    }
    return Own::No;
}

std::size_t PageReader::readOwn(std::size_t at)
{
    const bool isTable = m_fence.empty() && has(at + 1) && m_lines[at].starts_with('|') && isRule(m_lines[at + 1]);
    if (!isTable) {
        say(at, LineKind::Words,
            { message(NABIZ_TEXT("Message", "a sentence of the report: its tables hold the figures")) });
        return 1;
    }
    const Cells header = tableCells(m_lines[at]);
    std::size_t end = at + 2;
    for (; has(end) && m_lines[end].starts_with('|'); ++end) {
        Said said = m_own == Own::OfSeveral
            ? Said { {}, { message(NABIZ_TEXT("Message", "a report of several runs: give that of one")) } }
            : ownRow(header, tableCells(m_lines[end]), end);
        if (!said.empty())
            say(end, std::move(said));
        else
            say(end, LineKind::Words,
                { message(NABIZ_TEXT("Message", "a line of the report that is no figure of the run")) });
    }
    return end - at;
}

PageReader::Said PageReader::ownRow(const Cells& header, const Cells& cells, std::size_t at)
{
    const std::string first = folded(header.front());
    const std::size_t run = columnOfRun(header);
    if (isOneOf(first, { "setting", "ayar" })) {
        const auto* row = trainer::findParameter(cells.front());
        return row && run < cells.size() ? settingValue(*row, cells[run], false, at, true) : Said();
    }
    if (cells.size() != 2 || header.size() != 2) // beside the reported run, which is another's
        return {};
    if (meansBatch(first)) {
        auto why = addPoint(cells[0], "loss", cells[1], at);
        return why ? Said { {}, { std::move(*why) } }
                   : Said { { message(NABIZ_TEXT("Message", "%1 at batch %2"), "loss", cells[0]) }, {} };
    }
    return isOneOf(first, { "figure", "ölçüm" }) ? ownFigure(cells[0], cells[1], at) : Said();
}

PageReader::Said PageReader::ownFigure(const std::string& label, const std::string& value, std::size_t at)
{
    const auto place = value.find(" @ ");
    const std::string metric = metricOf(folded(label.substr(0, label.find(','))));
    if (!metric.empty() && place != std::string::npos) {
        const std::string batch = value.substr(place + 3);
        auto why = addPoint(batch, metric, value.substr(0, place), at);
        return why ? Said { {}, { std::move(*why) } }
                   : Said { { message(NABIZ_TEXT("Message", "%1 at batch %2"), metric, batch) }, {} };
    }
    const std::string line = label + ": " + value;
    return memoryOf(line, tokens(line), at);
}

} // namespace nabiz::app
