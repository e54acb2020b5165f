// SPDX-License-Identifier: GPL-3.0-or-later
// The run's record: when, where, with what, on which data; and the one line that repeats it.
#include "app/report/markdown.h"
#include "app/report/sections.h"

#include <ctime>

namespace nabiz::app {

namespace {

std::string utc(std::int64_t milliseconds)
{
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts {};
    gmtime_r(&seconds, &parts);
    char buffer[64];
    const auto length = std::strftime(buffer, sizeof buffer, "%Y-%m-%d %H:%M:%S UTC", &parts);
    return std::string(buffer, length);
}

std::string factsTable(const ReportRun& run, const ReportText& text)
{
    const auto& record = run.overview.run;
    std::vector<std::vector<std::string>> rows {
        { text("fact.run"), std::to_string(record.id) },
        { text("fact.status"), text("status." + std::string(storage::name(record.status))) },
    };
    if (!record.preset.empty())
        rows.push_back({ text("fact.preset"), markdown::code(record.preset) });
    if (record.parent)
        rows.push_back({ text("fact.parent"), std::to_string(*record.parent) });
    if (record.started)
        rows.push_back({ text("fact.started"), utc(*record.started) });
    if (record.ended)
        rows.push_back({ text("fact.ended"), utc(*record.ended) });
    if (record.status != storage::RunStatus::Reference)
        rows.push_back({ text("fact.seed"), std::to_string(record.seed) });
    // Known facts under their names, in the order of the names; others under their keys, so that none is lost.
    for (const auto& [key, value] : record.facts)
        rows.push_back({ text.has("fact." + key) ? text("fact." + key) : markdown::code(key), markdown::escape(value) });
    return markdown::table({ text("column.fact"), text("column.value") }, rows, true) + "\n";
}

} // namespace

std::string environmentSection(const ReportRun& run, const ReportText& text, int level)
{
    return markdown::heading(level, text("section.environment")) + factsTable(run, text);
}

std::string foldedEnvironment(const ReportRun& run, const ReportText& text)
{
    return "<details><summary>" + text("section.environment") + "</summary>\n\n" + factsTable(run, text) + "</details>\n\n";
}

std::string originLine(const std::vector<ReportRun>& runs, const ReportText& text, const ReportChoice& choice)
{
    std::string ids;
    for (const auto& run : runs)
        ids += (ids.empty() ? "" : ", ") + std::to_string(run.overview.run.id);
    return "---\n\n"
        + text(runs.size() == 1 ? "origin.run" : "origin.runs", { choice.version, ids, markdown::code(choice.database) })
        + "\n\n";
}

std::string reproduceSection(const ReportRun& run, const ReportText& text, int level)
{
    const auto line = reproduceLine(run);
    return line.empty() ? line : markdown::heading(level, text("section.reproduce")) + text("reproduce.line") + "\n\n" + line;
}

std::string reproduceLine(const ReportRun& run)
{
    const auto& command = run.overview.run.command;
    return command.empty() ? std::string() : markdown::block(command, "sh") + "\n";
}

} // namespace nabiz::app
