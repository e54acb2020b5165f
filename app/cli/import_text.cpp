// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/import_text.h"

#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "app/run/terminal_text.h"

#include <spdlog/fmt/fmt.h>

#include <set>

namespace nabiz::app {

namespace {

std::string pointsText(const PublishedPage& page)
{
    std::string text;
    std::set<std::string> metrics;
    for (const auto& point : page.points)
        metrics.insert(point.metric);
    for (const auto& metric : metrics) {
        TextTable table({ { "BATCH", TextTable::Align::Right }, { metric, TextTable::Align::Right } });
        for (const auto& point : page.points) {
            if (point.metric == metric)
                table.add({ countText(point.batch), numberText(point.value, 9) });
        }
        text += '\n' + table.text();
    }
    return text;
}

} // namespace

std::string saidText(const PageLine& line)
{
    std::string text;
    for (const auto& message : line.said)
        text += (text.empty() ? "" : "; ") + message.english();
    return text;
}

std::string importText(const Imported& imported)
{
    const PublishedPage& page = imported.page;
    std::string text = fmt::format("{}: {} points, {} settings, {} memory figures understood in {}\n",
        safeLine(imported.name), page.points.size(), page.settings.size(), page.memory.size(), safeLine(imported.path));
    text += pointsText(page);
    TextTable rest({ { "" }, { "" } });
    for (const auto& setting : page.settings)
        rest.add({ setting.key, setting.value });
    for (const auto& memory : page.memory)
        rest.add({ "memory, " + memory.kind, bytesText(memory.bytes) });
    text += rest.empty() ? "" : '\n' + rest.text();
    TextTable missed({ { "LINE", TextTable::Align::Right }, { "NOT UNDERSTOOD" }, { "WHY" } });
    std::size_t words = 0;
    for (const auto& line : page.lines) {
        words += line.kind == LineKind::Words ? 1 : 0;
        if (line.kind == LineKind::NotUnderstood)
            missed.add({ countText(line.number), elided(line.text, 70), saidText(line) });
    }
    text += missed.empty() ? "\nevery line with a figure was understood\n" : '\n' + missed.text();
    return text + fmt::format("{} lines are words without figures\n", words);
}

std::string storesText(const ImportReport& report, bool isStored)
{
    TextTable table({ { "RUN", TextTable::Align::Right }, { "NAME" }, { "SOURCE" },
        { "POINTS", TextTable::Align::Right }, { "NEW", TextTable::Align::Right }, { "" } });
    for (const ImportedLine& line : report.runs)
        table.add({ line.outcome.run ? countText(line.outcome.run) : "", safeLine(line.outcome.name), line.source,
            countText(line.outcome.points), isStored ? countText(line.outcome.newPoints) : "",
            line.damaged ? countText(line.damaged) + " damaged records left out" : "" });
    std::string text = report.runs.empty() ? "" : table.text();
    for (const SkippedPath& skipped : report.skipped)
        text += "skipped " + safeLine(skipped.path) + ": " + safeLine(skipped.reason) + '\n';
    return text + (isStored || report.runs.empty() ? "" : "nothing was stored (--dry-run)\n");
}

} // namespace nabiz::app
