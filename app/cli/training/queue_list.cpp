// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/queue_list.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/text_table.h"
#include "app/run/run_record.h"
#include "app/run/speed_forecast.h"
#include "app/run/terminal_text.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
using storage::RunId;

namespace {

struct Item {
    storage::RunOverview overview;
    std::size_t place = 0; // from 1; 0 = it runs
    std::optional<double> seconds; // that are left
};

struct QueueView {
    storage::QueueState state;
    std::vector<Item> running;
    std::vector<Item> waiting;
    // Until the queue is empty, when it is run from now on.
    std::optional<double> seconds;
};

QueueView readView(const storage::RunStore& store)
{
    QueueView view { .state = store.queue() };
    const trainer::SpeedForecast forecast = speedForecast(store);
    const auto item = [&](storage::RunOverview overview, std::size_t place) {
        const auto seconds = forecast.secondsLeft(declaredConfig(store.parameters(overview.run.id)),
            overview.run.plannedBatches, overview.summary.batches, overview.summary.seconds);
        return Item { std::move(overview), place, seconds };
    };
    const auto& waiting = view.state.waiting;
    view.seconds = 0;
    const auto add = [&view](const Item& next) {
        view.seconds = view.seconds && next.seconds ? std::optional(*view.seconds + *next.seconds) : std::nullopt;
    };
    for (auto& overview : store.runs()) {
        const bool waits = std::ranges::find(waiting, overview.run.id) != waiting.end();
        if (!storage::isLive(overview.run.status) || waits)
            continue;
        view.running.push_back(item(std::move(overview), 0));
        if (view.running.back().overview.run.id == view.state.served)
            add(view.running.back());
    }
    std::ranges::reverse(view.running);
    for (const RunId run : waiting) {
        if (auto overview = store.run(run)) {
            view.waiting.push_back(item(std::move(*overview), view.waiting.size() + 1));
            add(view.waiting.back());
        }
    }
    return view;
}

Json itemJson(const Item& item)
{
    const auto& [run, summary] = item.overview;
    Json json { { "run", run.id }, { "name", run.name }, { "preset", run.preset }, { "group", run.group } };
    if (item.place > 0) {
        json["place"] = item.place;
    } else {
        json["status"] = storage::name(run.status);
        json["batches"] = summary.batches;
        json["planned_batches"] = run.plannedBatches;
    }
    json["estimated_seconds"] = numberJson(item.seconds);
    return json;
}

std::string inSeconds(double seconds)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    return localTime(ms + static_cast<std::int64_t>(seconds * 1000));
}

std::string lastLine(const QueueView& view)
{
    if (view.state.isPaused)
        return "the queue is paused; it goes on with: nabiz queue resume\n";
    const std::string end = view.seconds ? ", until " + inSeconds(*view.seconds) : "";
    if (view.state.served)
        return fmt::format("process {} runs the queue{}\n", view.state.server.pid, end);
    return "nobody runs the queue; nabiz queue run does" + end + '\n';
}

} // namespace

Json queueJson(const storage::RunStore& store)
{
    const QueueView view = readView(store);
    Json json { { "paused", view.state.isPaused }, { "waiting", Json::array() }, { "running", Json::array() } };
    for (const Item& item : view.waiting)
        json["waiting"].push_back(itemJson(item));
    for (const Item& item : view.running)
        json["running"].push_back(itemJson(item));
    json["estimated_seconds"] = numberJson(view.seconds);
    return json;
}

Json waitingJson(const storage::RunStore& store, const std::vector<RunId>& runs)
{
    Json json = Json::array();
    for (const Item& item : readView(store).waiting) {
        if (std::ranges::find(runs, item.overview.run.id) != runs.end())
            json.push_back(itemJson(item));
    }
    return json;
}

std::string queueText(const storage::RunStore& store)
{
    const QueueView view = readView(store);
    using enum TextTable::Align;
    TextTable table(
        { { "PLACE" }, { "ID", Right }, { "NAME" }, { "GROUP", Left, 24 }, { "PRESET", Left, 24 }, { "LEFT", Right } });
    const auto add = [&table](const Item& item) {
        const storage::Run& run = item.overview.run;
        table.add({ item.place > 0 ? countText(static_cast<std::int64_t>(item.place))
                                   : std::string(storage::name(run.status)),
            countText(run.id), elided(run.name, 40), run.group, run.preset,
            item.seconds ? durationText(*item.seconds) : "–" });
    };
    for (const auto* items : { &view.running, &view.waiting })
        std::ranges::for_each(*items, add);
    if (view.waiting.empty())
        return (table.empty() ? "" : table.text()) + "nothing waits in the queue\n"
            + (view.state.isPaused ? lastLine(view) : "");
    return table.text() + lastLine(view);
}

} // namespace nabiz::app
