// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: what was changed from the preset first, then all of them in a block that is folded away.
#include "app/report/markdown.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string configurationSection(const ReportRun& run, const ReportText& text, int level)
{
    std::string result = markdown::heading(level, text("section.configuration"));
    if (run.parameters.empty())
        return result + text("configuration.none") + "\n\n";

    std::vector<std::vector<std::string>> changed, all;
    for (const auto& parameter : run.parameters) {
        const auto* row = trainer::findParameter(parameter.key);
        const auto before = row ? trainer::toYaml(run.base.value(parameter.key)) : std::string();
        const auto applied = parameter.applied.empty() || parameter.applied == parameter.declared ? std::string() : parameter.applied;
        all.push_back({ markdown::code(parameter.key), markdown::code(parameter.declared), markdown::code(applied) });
        if (before != parameter.declared)
            changed.push_back({ markdown::code(parameter.key), markdown::code(before), markdown::code(parameter.declared),
                markdown::code(applied) });
    }

    const auto base = run.baseName.empty() ? text("configuration.defaults") : markdown::escape(run.baseName);
    if (changed.empty()) {
        result += text("configuration.unchanged", { base }) + "\n\n";
    } else {
        result += text("configuration.changed", { base, std::to_string(changed.size()), std::to_string(all.size()) }) + "\n\n";
        result += markdown::table({ text("column.setting"), base, text("column.this_run"), text("column.applied") }, changed, true)
            + "\n";
    }
    result += "<details><summary>" + text("configuration.all", { std::to_string(all.size()) }) + "</summary>\n\n";
    result += markdown::table({ text("column.setting"), text("column.declared"), text("column.applied") }, all, true);
    return result + "\n</details>\n\n";
}

} // namespace nabiz::app
