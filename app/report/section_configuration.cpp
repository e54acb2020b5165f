// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: what was changed from the preset, and, at the end of a report, all of them in a block that is folded away.
#include "app/report/markdown.h"
#include "app/report/sections.h"

#include <algorithm>

namespace nabiz::app {

namespace {

// What was applied where that is not what was declared.
std::string appliedOtherwise(const storage::Parameter& parameter)
{
    return parameter.applied == parameter.declared ? std::string() : parameter.applied;
}

// Takes away a last column that holds nothing.
void dropEmptyColumn(std::vector<std::string>& head, std::vector<std::vector<std::string>>& rows)
{
    if (std::any_of(rows.begin(), rows.end(), [](const auto& row) { return !row.back().empty(); }))
        return;
    head.pop_back();
    for (auto& row : rows)
        row.pop_back();
}

} // namespace

std::string configurationSection(const ReportRun& run, const ReportText& text, int level)
{
    std::string result = markdown::heading(level, text("section.configuration"));
    if (run.parameters.empty())
        return result + text("configuration.none") + "\n\n";

    std::vector<std::vector<std::string>> changed;
    for (const auto& parameter : run.parameters) {
        const auto* row = trainer::findParameter(parameter.key);
        const auto before = row ? trainer::toYaml(run.base.value(parameter.key)) : std::string();
        if (before != parameter.declared)
            changed.push_back({ markdown::code(parameter.key), markdown::code(before), markdown::code(parameter.declared),
                markdown::code(appliedOtherwise(parameter)) });
    }
    const auto base = run.baseName.empty() ? text("configuration.defaults") : markdown::escape(run.baseName);
    if (changed.empty())
        return result + text("configuration.unchanged", { base }) + "\n\n";
    result += text("configuration.changed", { base, std::to_string(changed.size()), std::to_string(run.parameters.size()) })
        + "\n\n";
    std::vector<std::string> head { text("column.setting"), base, text("column.this_run"), text("column.applied") };
    dropEmptyColumn(head, changed);
    return result + markdown::table(head, changed, true) + "\n";
}

std::string allSettingsSection(const ReportRun& run, const ReportText& text)
{
    if (run.parameters.empty())
        return {};
    std::vector<std::vector<std::string>> all;
    for (const auto& parameter : run.parameters)
        all.push_back({ markdown::code(parameter.key), markdown::code(parameter.declared),
            markdown::code(appliedOtherwise(parameter)) });
    std::vector<std::string> head { text("column.setting"), text("column.declared"), text("column.applied") };
    dropEmptyColumn(head, all);
    return "<details><summary>" + text("configuration.all", { std::to_string(all.size()) }) + "</summary>\n\n"
        + markdown::table(head, all, true) + "\n</details>\n\n";
}

} // namespace nabiz::app
