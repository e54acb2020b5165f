// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz sample: a run that has ended writes a text from its newest checkpoint, which is kept with the run.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/number_option.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/sample_wish.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"
#include "storage/recording/recorder.h"
#include "trainer/data/cancelled.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <memory>

namespace nabiz::app {

namespace {

struct SampleOptions {
    std::string run;
    std::optional<std::string> prompt;
    int length = trainer::kSampleLength;
    double temperature = trainer::kSampleTemperature;
    int seed = -1; // none given
};

void print(const CommandContext& context, const SampleWish& wish, const WrittenSample& sample)
{
    if (!context.json)
        return printText(sample.prompt + sample.text + '\n');
    const nlohmann::ordered_json json { { "run", wish.run }, { "batch", sample.batch }, { "prompt", sample.prompt },
        { "length", wish.length }, { "temperature", wish.temperature }, { "seed", sample.seed },
        { "text", sample.text } };
    printJson(json);
}

int sample(const CommandContext& context, const SampleOptions& options)
{
    const std::filesystem::path database = context.databaseFile();
    const auto store = openForReading(context);
    const SampleWish wish { findRun(store, options.run), options.prompt, options.length, options.temperature,
        options.seed < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(options.seed)) };
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    WrittenSample written;
    try {
        written = writeSample(store, database, wish, stop.get_token());
    } catch (const trainer::Cancelled&) {
        return kExitSignal;
    }
    signals.close();
    if (written.isOnCpu)
        logLine("note: another run trains, so this is written on the CPU");
    {
        storage::Recorder recorder(database);
        recorder.addEvent(wish.run, eventOf(written, wish.temperature));
        recorder.flush();
    }
    print(context, wish, written);
    return kExitDone;
}

} // namespace

void addSampleCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<SampleOptions>();
    auto* command = app.add_subcommand("sample", "Let a run that has ended write a text from its newest checkpoint");
    command->add_option("run", options->run, "Id or name")->required()->type_name("RUN");
    command->add_option("--prompt", options->prompt, "What it goes on from; else training.sample_prompt")
        ->type_name("T");
    addNumber(*command, "--length", options->length, 1, 100'000, "How many characters it writes");
    addNumber(*command, "--temperature", options->temperature, 0, 100, "0 takes the likeliest each time; 1 as learned");
    addNumber(*command, "--seed", options->seed, 0, std::numeric_limits<int>::max(),
        "The same number, the same text; else another one each time");
    addSharedOptions(*command, context);
    command->footer("The text stands with the run from then on, as its other samples do. Of a run that trains, the "
                    "window's Sample now asks.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return sample(context, *options); }; });
}

} // namespace nabiz::app
