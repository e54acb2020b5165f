// SPDX-License-Identifier: GPL-3.0-or-later
// What a report is called: a person's own title, else what its run was for, or who stands against whom.
#include "app/report/report_title.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kMostChanges = 3;
constexpr std::size_t kMostBytes = 120;

// One line, cut at a space where it is long.
std::string oneLine(std::string text)
{
    text = text.substr(0, text.find_first_of("\r\n"));
    if (text.size() <= kMostBytes)
        return text;
    auto end = text.rfind(' ', kMostBytes);
    for (end = end == std::string::npos || end == 0 ? kMostBytes : end;
         end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80;)
        --end;
    return text.substr(0, end) + "…";
}

std::string changesOf(const ReportRun& run)
{
    std::string changes;
    std::size_t count = 0;
    for (const auto& parameter : run.parameters) {
        const bool isKnown = trainer::findParameter(parameter.key) != nullptr;
        if (parameter.declared == "\"\"") // what took the place of a thing says more than that it is gone
            continue;
        if (!isKnown || trainer::toYaml(run.base.value(parameter.key)) == parameter.declared || ++count > kMostChanges)
            continue;
        changes += (changes.empty() ? "" : ", ") + parameter.key.substr(parameter.key.find('.') + 1) + " = "
            + parameter.declared;
    }
    return count > kMostChanges ? changes + " …" : changes;
}

} // namespace

std::string titleOf(const ReportRun& run, const ReportText& text)
{
    const auto& record = run.overview.run;
    if (const auto own = record.texts.find("title"); own != record.texts.end() && !own->second.empty())
        return oneLine(own->second);
    if (!record.why.empty())
        return oneLine(record.name + ": " + record.why);
    if (record.status == storage::RunStatus::Reference)
        return text("title.reference", { record.name });
    const auto changes = record.preset.empty() ? std::string() : changesOf(run);
    if (!changes.empty())
        return text("title.changed", { record.name, changes });
    return record.preset.empty() || record.preset == record.name
        ? record.name
        : text("title.unchanged", { record.name, record.preset });
}

std::string titleOf(const std::vector<std::string>& columns, const ReportText& text)
{
    if (columns.size() < 2)
        return columns.empty() ? std::string() : oneLine(columns.front());
    std::string others;
    for (std::size_t i = 1; i < columns.size(); ++i)
        others += (i > 1 ? ", " : "") + columns[i];
    return oneLine(text("title.against", { others, columns.front() }));
}

} // namespace nabiz::app
