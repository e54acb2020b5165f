// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/changed_text.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/run/terminal_text.h"
#include "storage/records/run_status.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace nabiz::app {

namespace {

using Json = nlohmann::ordered_json;
using ui::ChangedItem;
using ui::RunEnd;
using ui::WhatChanged;

constexpr int kDigits = 4;
constexpr std::size_t kLongest = 100; // columns of a value

std::string shown(const std::string& value)
{
    return value.empty() ? "–" : elided(value, kLongest);
}

std::string line(const ChangedItem& item)
{
    return fmt::format("  {}: {} → {}\n", safeLine(item.key), shown(item.before), shown(item.after));
}

std::string share(double before, double after)
{
    return before > 0 ? fmt::format(" ({:+.1f} %)", (after / before - 1) * 100) : "";
}

std::string came(const WhatChanged& changed)
{
    const RunEnd &before = changed.before, &after = changed.after;
    std::string text = before.status == after.status
        ? std::string(storage::name(after.status))
        : fmt::format("{} → {}", storage::name(before.status), storage::name(after.status));
    if (before.loss && after.loss)
        text += fmt::format(", {} {} → {}{}", changed.isValidation ? "best val.loss" : "mean of last losses",
            numberText(before.loss, kDigits), numberText(after.loss, kDigits), share(*before.loss, *after.loss));
    if (before.peakBytes && after.peakBytes)
        text += fmt::format(", peak memory {} → {}{}", bytesText(*before.peakBytes), bytesText(*after.peakBytes),
            share(*before.peakBytes, *after.peakBytes));
    return text;
}

Json itemsJson(const std::vector<ChangedItem>& items)
{
    Json json = Json::array();
    for (const ChangedItem& item : items)
        json.push_back({ { "key", item.key }, { "before", item.before }, { "after", item.after } });
    return json;
}

Json endJson(const RunEnd& end)
{
    return { { "status", storage::name(end.status) }, { "failure", end.failure }, { "batches", end.batches },
        { "loss", numberJson(end.loss) }, { "peak_bytes", numberJson(end.peakBytes) },
        { "batch_seconds", numberJson(end.batchSeconds) } };
}

} // namespace

std::vector<WhatChanged> changesBefore(const storage::RunStore& store, const storage::RunOverview& overview)
{
    std::vector<WhatChanged> changes;
    const auto runs = store.runs();
    const ui::SettingValues settings = ui::valuesOf(store.parameters(overview.run.id));
    for (const storage::RunOverview* before : ui::runsBefore(runs, overview.run))
        changes.push_back(ui::whatChanged(*before, ui::valuesOf(store.parameters(before->run.id)), overview, settings));
    return changes;
}

std::string changedText(const std::vector<WhatChanged>& changes)
{
    std::string text;
    for (const WhatChanged& changed : changes) {
        text += fmt::format("changed since run {} '{}', {}:\n", changed.run, safeLine(changed.name),
            changed.isParent ? "which it was made from" : "the last one of the same preset");
        for (const auto* items : { &changed.settings, &changed.facts }) {
            for (const ChangedItem& item : *items)
                text += line(item);
        }
        text += changed.isNothing() ? "  nothing\n" : "";
        text += "  what came of it: " + came(changed) + "\n";
    }
    return text.empty() ? text : text + '\n';
}

Json changedJson(const std::vector<WhatChanged>& changes)
{
    Json json = Json::array();
    for (const WhatChanged& changed : changes)
        json.push_back({ { "run", changed.run }, { "name", changed.name },
            { "relation", changed.isParent ? "parent" : "preset" }, { "settings", itemsJson(changed.settings) },
            { "facts", itemsJson(changed.facts) }, { "loss", changed.isValidation ? "best_validation" : "mean_last" },
            { "before", endJson(changed.before) }, { "after", endJson(changed.after) } });
    return json;
}

} // namespace nabiz::app
