// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_lookup.h"

#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/run/terminal_text.h"
#include "trainer/base/nearest.h"

#include <algorithm>

namespace nabiz::app {

namespace {

std::string unknownRun(const storage::RunStore& store, const std::string& given)
{
    const auto runs = store.runs();
    if (runs.empty())
        return "there is no run '" + given + "': the database holds none yet; make one with nabiz train quick";
    std::vector<std::string> candidates;
    for (const auto& overview : runs) {
        if (std::ranges::find(candidates, overview.run.name) == candidates.end())
            candidates.push_back(overview.run.name);
    }
    std::vector<std::string_view> views(candidates.begin(), candidates.end());
    std::string names;
    for (int i = 0; i < 3; ++i) {
        const std::string_view best = trainer::nearest(given, views);
        if (best.empty())
            break;
        names += (names.empty() ? "'" : "', '") + std::string(best);
        std::erase(views, best);
    }
    if (names.empty())
        return "there is no run '" + given + "'; nabiz runs lists them, the newest is '" + runs.front().run.name + "'";
    return "there is no run '" + given + "'; did you mean " + names + "'? nabiz runs lists them";
}

} // namespace

storage::RunStore openForReading(const CommandContext& context)
{
    storage::RunStore store(context.databaseFile());
    if (!store.opened().waiting.empty())
        logLine(store.opened().waiting);
    if (store.opened().isNewer)
        logLine("the database is of a newer Nabız: what this one does not know of it is left out");
    return store;
}

storage::RunId findRun(const storage::RunStore& store, const std::string& idOrName)
{
    if (const auto run = store.find(idOrName)) {
        const auto overview = store.run(*run);
        if (overview && overview->run.deleted)
            logLine("run " + std::to_string(*run) + " '" + elided(overview->run.name, 60) + "' is in the trash");
        return *run;
    }
    throw UsageError(unknownRun(store, idOrName));
}

std::vector<storage::RunOverview> findRuns(const storage::RunStore& store, const std::vector<std::string>& idsOrNames)
{
    std::vector<storage::RunOverview> runs;
    for (const std::string& name : idsOrNames) {
        if (auto overview = store.run(findRun(store, name)))
            runs.push_back(std::move(*overview));
    }
    return runs;
}

} // namespace nabiz::app
