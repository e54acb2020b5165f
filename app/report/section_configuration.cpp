// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: what was changed from the preset, and all of them in a block that is folded away. What was
// applied otherwise than declared is marked wherever it stands.
#include "app/report/markdown.h"
#include "app/report/sections.h"

#include <algorithm>

namespace nabiz::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

bool isAppliedOtherwise(const storage::Parameter& parameter)
{
    return !parameter.applied.empty() && parameter.applied != parameter.declared;
}

// What was applied where that is not what was declared, marked; else nothing.
std::string appliedCell(const storage::Parameter& parameter)
{
    return isAppliedOtherwise(parameter) ? "**" + markdown::code(parameter.applied) + "**" : std::string();
}

// Takes away a last column that holds nothing.
void dropEmptyColumn(std::vector<std::string>& head, Rows& rows)
{
    if (std::any_of(rows.begin(), rows.end(), [](const auto& row) { return !row.back().empty(); }))
        return;
    head.pop_back();
    for (auto& row : rows)
        row.pop_back();
}

std::string settingsTable(const ReportRun& run, const ReportText& text)
{
    Rows rows;
    for (const auto& parameter : run.parameters) {
        rows.push_back({ markdown::code(parameter.key), markdown::code(parameter.declared), appliedCell(parameter) });
    }
    if (rows.empty())
        return {};
    std::vector<std::string> head { text("column.setting"), text("column.this_run"), text("column.applied") };
    dropEmptyColumn(head, rows);
    return markdown::table(head, rows, true) + "\n";
}

std::string before(const ReportRun& run, const storage::Parameter& parameter)
{
    return trainer::findParameter(parameter.key) ? trainer::toYaml(run.base.value(parameter.key)) : std::string();
}

std::string changedTable(const ReportRun& run, const ReportText& text)
{
    Rows changed;
    for (const auto& parameter : run.parameters) {
        if (before(run, parameter) != parameter.declared)
            changed.push_back({ markdown::code(parameter.key), markdown::code(before(run, parameter)),
                markdown::code(parameter.declared), appliedCell(parameter) });
    }
    const auto base = run.baseName.empty() ? text("configuration.defaults") : markdown::escape(run.baseName);
    if (changed.empty())
        return text("configuration.unchanged", { base }) + "\n\n";
    std::vector<std::string> head { text("column.setting"), base, text("column.this_run"), text("column.applied") };
    dropEmptyColumn(head, changed);
    return text(
               "configuration.changed", { base, std::to_string(changed.size()), std::to_string(run.parameters.size()) })
        + "\n\n" + markdown::table(head, changed, true) + "\n";
}

} // namespace

std::string configurationSection(const ReportRun& run, const ReportText& text, int level)
{
    std::string result = markdown::heading(level, text("section.configuration"));
    if (run.parameters.empty())
        return result + text("configuration.none") + "\n\n";
    if (run.overview.run.status != storage::RunStatus::Reference)
        result += changedTable(run, text);
    const auto otherwise = std::count_if(run.parameters.begin(), run.parameters.end(), isAppliedOtherwise);
    if (otherwise > 0)
        result += text(otherwise == 1 ? "configuration.otherwise_one" : "configuration.otherwise",
                      { std::to_string(otherwise) })
            + "\n\n";
    return result + allSettings(run, text);
}

std::string allSettings(const ReportRun& run, const ReportText& text)
{
    return markdown::fold(
        text("configuration.all", { std::to_string(run.parameters.size()) }), settingsTable(run, text));
}

} // namespace nabiz::app
