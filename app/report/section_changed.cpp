// SPDX-License-Identifier: GPL-3.0-or-later
// What changed since the run it was made from and since the last one of its preset, and what came of it. Empty for a
// run that has none before it.
#include "app/report/markdown.h"
#include "app/report/sections.h"
#include "storage/records/event_kinds.h"

#include <algorithm>

namespace nabiz::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kMostRows = 10; // that stand open
constexpr std::size_t kMostOfDiff = 20'000; // bytes of a page

std::string cell(const std::string& value)
{
    return value.empty() ? "–" : markdown::code(value);
}

std::string factName(const std::string& key, const ReportText& text)
{
    return text.has("fact." + key) ? text("fact." + key) : markdown::code(key);
}

void addOutcome(const ui::WhatChanged& changed, const ReportText& text, Rows& rows)
{
    const auto &before = changed.before, &after = changed.after;
    const auto state
        = [&text](storage::RunStatus status) { return text("status." + std::string(storage::name(status))); };
    rows.push_back({ text("changed.status"), state(before.status), state(after.status) });
    if (before.loss && after.loss)
        rows.push_back({ text(changed.isValidation ? "changed.val_loss" : "changed.mean_loss"),
            text.figures(figure(before.loss)), text.figures(figure(after.loss)) });
    if (before.peakBytes && after.peakBytes)
        rows.push_back({ text("changed.peak"), text.figures(bytesFigure(before.peakBytes)),
            text.figures(bytesFigure(after.peakBytes)) });
    if (before.batchSeconds && after.batchSeconds)
        rows.push_back({ text("changed.batch_time"), text.figures(secondsFigure(*before.batchSeconds, text)),
            text.figures(secondsFigure(*after.batchSeconds, text)) });
}

std::string since(const ui::WhatChanged& changed, const ReportText& text)
{
    Rows rows;
    for (const auto& item : changed.settings)
        rows.push_back({ markdown::code(item.key), cell(item.before), cell(item.after) });
    for (const auto& item : changed.facts)
        rows.push_back({ factName(item.key, text), cell(item.before), cell(item.after) });
    addOutcome(changed, text, rows);
    const auto title = text(changed.isParent ? "changed.parent" : "changed.preset",
        { std::to_string(changed.run), markdown::escape(changed.name) });
    const auto table
        = markdown::table({ text("column.setting"), text("column.before"), text("column.after") }, rows, true) + "\n";
    const auto nothing = changed.isNothing() ? text("changed.nothing") + "\n\n" : std::string();
    return rows.size() > kMostRows ? markdown::fold(title, nothing + table) : title + "\n\n" + nothing + table;
}

} // namespace

std::string changedSection(const ReportRun& run, const ReportText& text)
{
    std::string page;
    for (const auto& changed : run.changed)
        page += since(changed, text);
    const auto diff = std::ranges::find(run.events, storage::kDiffEvent, &storage::Event::kind);
    if (diff == run.events.end())
        return page;
    auto shown = diff->text.substr(0, kMostOfDiff);
    shown.erase(shown.find_last_of('\n') == std::string::npos ? shown.size() : shown.find_last_of('\n'));
    return page + markdown::fold(text("changed.diff"), markdown::block(shown, "diff"));
}

} // namespace nabiz::app
