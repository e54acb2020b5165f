// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz watch: a run's loss and memory drawn in the terminal while they come, of this program's runs and of followed
// ones, whichever process trains them. Only reads.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/cli/watch/terminal_chart.h"
#include "app/cli/watch/terminal_screen.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace nabiz::app {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPause = std::chrono::seconds(1);
constexpr int kShortest = 4; // rows of a chart

struct WatchOptions {
    std::string run; // empty = the newest that trains, else the newest
    bool once = false;
};

storage::RunId newest(const storage::RunStore& store)
{
    const auto runs = store.runs();
    const auto live = std::ranges::find_if(runs, [](const storage::RunOverview& run) {
        return storage::isLive(run.run.status) && run.run.status != storage::RunStatus::Queued;
    });
    if (runs.empty())
        throw UsageError("there is no run in the database yet; nabiz train quick makes one");
    return live != runs.end() ? live->run.id : runs.front().run.id;
}

std::optional<storage::PackedSeries> curveOf(
    const storage::RunStore& store, storage::RunId run, std::initializer_list<const char*> metrics)
{
    for (const char* metric : metrics) {
        if (auto found = store.packed(run, metric))
            return found;
    }
    return std::nullopt;
}

std::string headline(const storage::RunOverview& overview)
{
    const storage::Run& run = overview.run;
    const storage::Summary& done = overview.summary;
    std::string text = fmt::format("{}  {}  {}", run.id, run.name, storage::name(run.status));
    text += "  batch " + countText(done.batches);
    if (run.plannedBatches > done.batches) {
        text += " of " + countText(run.plannedBatches);
        if (storage::isLive(run.status) && done.medianBatchSeconds)
            text += ", "
                + durationText(*done.medianBatchSeconds * static_cast<double>(run.plannedBatches - done.batches))
                + " left";
    }
    return text + "  " + durationText(done.seconds);
}

std::string figures(const storage::Summary& done)
{
    std::string text = "loss " + numberText(done.lastLoss);
    if (done.bestLoss)
        text += fmt::format(", lowest {} at {}", numberText(done.bestLoss), countText(done.bestBatch.value_or(0)));
    if (done.lastValLoss)
        text += fmt::format("   validation {}, lowest {}", numberText(done.lastValLoss), numberText(done.bestValLoss));
    if (done.tokensPerSecond)
        text += fmt::format("   {} tokens/s", numberText(std::round(*done.tokensPerSecond), 9));
    return text;
}

void addChart(std::vector<std::string>& lines, const std::string& title, const storage::PackedSeries& series,
    std::function<std::string(double)> label, int columns, int rows)
{
    lines.push_back(title);
    const auto drawn = drawCurve({ .size = series.values.size(),
                                     .x = [&series](std::size_t i) { return series.x->batch(i); },
                                     .y = [&series](std::size_t i) { return series.values[i]; },
                                     .label = std::move(label) },
        columns, rows);
    lines.insert(lines.end(), drawn.begin(), drawn.end());
}

std::vector<std::string> frame(
    const storage::RunStore& store, const storage::RunOverview& overview, int columns, int rows)
{
    const storage::RunId run = overview.run.id;
    std::vector<std::string> lines { headline(overview), figures(overview.summary) };
    const auto loss = curveOf(store, run, { "loss", "val.loss" });
    const auto memory = curveOf(store, run, { "memory.peak", "memory.device_used", "memory.process" });
    const int room = std::max(rows - 2 - (loss ? 2 : 0) - (memory ? 2 : 0), 2 * kShortest);
    const int forMemory = memory ? std::max(kShortest, room / 4) : 0;
    if (loss)
        addChart(
            lines, loss->metric.name, *loss, [](double value) { return numberText(value, 3); }, columns,
            room - forMemory);
    else
        lines.push_back("no loss yet");
    if (memory)
        addChart(lines, memory->metric.name, *memory, bytesText, columns, forMemory);
    return lines;
}

int watch(const CommandContext& context, const WatchOptions& options)
{
    StopSignals signals;
    std::stop_source stop;
    std::mutex mutex;
    std::condition_variable_any wake;
    signals.listen([&] { stop.request_stop(); });
    const auto store = openForReading(context);
    std::optional<TerminalScreen> screen(std::in_place);
    std::vector<std::string> last;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        const auto begun = Clock::now();
        const storage::RunId run = options.run.empty() ? newest(store) : findRun(store, options.run);
        const auto overview = store.run(run);
        if (!overview)
            break; // deleted just now
        last = frame(store, *overview, screen->columns(), screen->rows());
        screen->draw(last);
        if (options.once || !screen->isTerminal() || (!options.run.empty() && !storage::isLive(overview->run.status)))
            break;
        // A very long run is not read all the time.
        wake.wait_for(lock, stop.get_token(), std::max<Clock::duration>(kPause, 4 * (Clock::now() - begun)),
            [] { return false; });
    }
    if (screen->isTerminal()) {
        screen.reset(); // what was shown last stays
        for (const std::string& line : last)
            printText(safeLine(line) + '\n');
    }
    signals.close();
    return kExitDone;
}

} // namespace

void addWatchCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<WatchOptions>();
    auto* command = app.add_subcommand("watch", "Draw a run's loss and memory in the terminal while they come");
    command->add_option("run", options->run, "Id or name; else the newest that trains, or the newest")
        ->type_name("RUN");
    command->add_flag("--once", options->once, "Draw once, and end");
    addSharedOptions(*command, context, false);
    command->footer("It goes on until the run has ended, or SIGINT; without RUN it goes over to the next that begins.\n"
                    "Where stdout is no terminal it draws once.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return watch(context, *options); }; });
}

} // namespace nabiz::app
