// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz estimate: how much memory a preset will take, what of it goes where, and what would make it less.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/estimate/estimate_probe.h"
#include "app/cli/estimate/estimate_target.h"
#include "app/cli/preset_problems.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/train_setup.h"
#include "app/run/exit_code.h"
#include "app/run/memory_verdict.h"
#include "app/run/terminal_text.h"
#include "storage/records/storage_error.h"
#include "trainer/base/byte_text.h"
#include "trainer/estimate/memory_card.h"
#include "trainer/estimate/memory_ledger.h"
#include "trainer/memory/hardware.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <filesystem>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
using trainer::MemoryEstimate;

namespace {

struct EstimateOptions {
    std::string preset;
    std::vector<std::string> overrides;
    std::string capacity;
    std::string solve;
    bool probe = false;
};

// What --solve found; without a value not even the smallest fits.
struct Solved {
    std::string key;
    std::optional<std::int64_t> value;
};

std::int64_t calibrated(const MemoryEstimate& estimate, const MeasuredMemory& measured)
{
    return std::llround(measured.ratio * static_cast<double>(estimate.totalBytes()));
}

Json estimateJson(const MemoryEstimate& estimate, const std::optional<MeasuredMemory>& measured,
    const std::vector<std::string>& notes)
{
    Json parts;
    for (const trainer::MemoryPart& part : trainer::memoryParts())
        parts[part.key] = estimate.parts.*part.bytes;
    Json suggestions = Json::array();
    for (const trainer::MemorySuggestion& suggestion : estimate.suggestions) {
        Json set;
        for (const auto& [key, value] : suggestion.set)
            set[key] = valueJson(value);
        suggestions.push_back({ { "set", set }, { "total_bytes", suggestion.totalBytes } });
    }
    Json json = { { "total_bytes", estimate.totalBytes() }, { "parts", parts }, { "device", estimate.device } };
    json["context_bytes"] = estimate.contextBytes;
    json["flops"] = { { "forward", estimate.arithmetic.forward }, { "backward", estimate.arithmetic.backward },
        { "recomputed", estimate.arithmetic.again } };
    json["measured"] = nullptr;
    if (measured)
        json["measured"] = { { "run", measured->run.id }, { "name", measured->run.name },
            { "peak_bytes", measured->run.peakBytes }, { "differs", measured->run.differs },
            { "ratio", measured->ratio }, { "calibrated_bytes", calibrated(estimate, *measured) } };
    json["capacity_bytes"] = estimate.capacityBytes > 0 ? Json(estimate.capacityBytes) : Json();
    json["verdict"] = estimate.verdict ? Json(trainer::verdictName(*estimate.verdict)) : Json();
    json["suggestions"] = suggestions;
    json["notes"] = notes;
    return json;
}

std::string sizeText(std::int64_t bytes)
{
    const auto value = static_cast<double>(bytes);
    return bytes < 1000000000 ? trainer::bytesText(bytes) : fmt::format("{:.2f} GB", value / 1e9);
}

std::string flopsText(double operations)
{
    return operations < 1e12 ? fmt::format("{:.1f} GFLOP", operations / 1e9)
                             : fmt::format("{:.2f} TFLOP", operations / 1e12);
}

const char* verdictWords(const MemoryEstimate& estimate)
{
    if (!estimate.verdict)
        return "cannot tell whether it fits";
    switch (*estimate.verdict) {
    case trainer::MemoryVerdict::Fits:
        return "fits";
    case trainer::MemoryVerdict::Tight:
        return "tight: it may run out";
    case trainer::MemoryVerdict::TooLarge:
        return "too large";
    }
    return "";
}

// What a run has shown of it.
std::string measuredText(const MemoryEstimate& estimate, const MeasuredMemory& measured)
{
    std::string settings;
    for (const std::string& setting : measured.run.differs)
        settings += (settings.empty() ? "" : " ") + safeLine(setting);
    return fmt::format("measured: run {} ({}){} took {}, {:+.1f} % of what is predicted for it{}\n", measured.run.id,
        safeLine(measured.run.name), settings.empty() ? "" : ", with " + settings, sizeText(measured.run.peakBytes),
        100 * (measured.ratio - 1),
        settings.empty() ? "" : "; so " + sizeText(calibrated(estimate, measured)) + " here");
}

std::string estimateText(
    const std::string& preset, const MemoryEstimate& estimate, const std::optional<MeasuredMemory>& measured)
{
    const std::string of
        = estimate.capacityBytes > 0 ? " of " + sizeText(estimate.capacityBytes) + " on " + estimate.device : "";
    std::string text = fmt::format(
        "{}: {}{}: {}\n\n", safeLine(preset), sizeText(estimate.totalBytes()), of, verdictWords(estimate));
    TextTable parts({ { "" }, { "", TextTable::Align::Right } });
    for (const trainer::MemoryPart& part : trainer::memoryParts())
        parts.add({ part.name, sizeText(estimate.parts.*part.bytes) });
    text += parts.text();
    text += fmt::format("\nbeside it: {} of {}\n", sizeText(estimate.contextBytes),
        estimate.device == "cpu" ? "the program and LibTorch" : "the CUDA context");
    text += fmt::format("a batch multiplies {} forward, {} backward, and {} again because of checkpoints\n",
        flopsText(estimate.arithmetic.forward), flopsText(estimate.arithmetic.backward),
        flopsText(estimate.arithmetic.again));
    if (measured)
        text += measuredText(estimate, *measured);
    if (estimate.suggestions.empty())
        return text;
    TextTable less({ { "to take less" }, { "", TextTable::Align::Right } });
    for (const trainer::MemorySuggestion& suggestion : estimate.suggestions)
        less.add({ trainer::settingsOf(suggestion), sizeText(suggestion.totalBytes) });
    return text + '\n' + less.text();
}

std::string solvedText(const Solved& solved)
{
    return solved.value ? fmt::format("{}={} is the largest that fits\n\n", solved.key, *solved.value)
                        : fmt::format("no value of {} fits\n\n", solved.key);
}

// What cannot be counted is bad input; that a device, a text or weights are missing is not.
void refuseUncountable(const trainer::Config& config)
{
    const trainer::Machine capable { .cudaDevices = 64, .computeCapability = 100, .cores = 1024 };
    std::vector<trainer::Problem> problems = trainer::validate(config, capable);
    std::erase_if(problems, [](const trainer::Problem& problem) {
        return !problem.key.starts_with("model.") && problem.key != "language.stand_in"
            && problem.key != "hardware.device";
    });
    refuseErrors(problems);
}

// Nothing where there are no runs yet.
std::optional<MeasuredMemory> storedMeasure(
    const CommandContext& context, const trainer::Config& config, const std::string& device)
{
    try {
        std::error_code error;
        if (std::filesystem::exists(context.databaseFile(), error))
            return measuredMemory(openForReading(context), config, device);
    } catch (const storage::StorageError& failure) {
        logLine(std::string("note: nothing measured is looked at: ") + failure.what());
    }
    return std::nullopt;
}

int estimate(const CommandContext& context, const EstimateOptions& options)
{
    const PresetSettings settings
        = readSettings({ .command = "estimate", .preset = options.preset, .overrides = options.overrides });
    refuseUncountable(settings.config);
    trainer::Config config = settings.config;
    trainer::Machine machine = trainer::probeMachine();
    if (!options.capacity.empty())
        machine = withCapacity(machine, config, parseBytes(options.capacity));
    Json json = Json::object();
    std::optional<Solved> solved;
    if (!options.solve.empty()) {
        solved = { options.solve, largestThatFits(config, options.solve, machine) };
        if (solved->value)
            config.set(solved->key, *solved->value);
    }
    MemoryEstimate estimate = trainer::estimateMemory(config, machine);
    const std::optional<Probe> probe = options.probe ? std::optional(probeMemory(config)) : std::nullopt;
    if (probe) {
        logLine(fmt::format("{} batches on {} took {}; {} were predicted", probe->batches, probe->device,
            sizeText(probe->peakBytes), sizeText(estimate.totalBytes())));
        json["probed"] = { { "batches", probe->batches }, { "device", probe->device },
            { "peak_bytes", probe->peakBytes }, { "predicted_bytes", estimate.totalBytes() } };
        estimate = trainer::estimateMemory(config, machine, probe->peakBytes);
    }
    const auto measured = storedMeasure(context, config, estimate.device);
    std::vector<std::string> notes = settings.notes;
    for (const trainer::Message& note : estimate.notes)
        notes.push_back(note.english());
    for (const std::string& note : notes)
        logLine("note: " + note);
    if (context.json) {
        json.update(estimateJson(estimate, measured, notes));
        if (solved)
            json["solved"] = { { solved->key, solved->value ? Json(*solved->value) : Json() } };
        printJson(json);
    } else {
        printText((solved ? solvedText(*solved) : "") + estimateText(options.preset, estimate, measured));
    }
    return solved && !solved->value ? kExitFailed : kExitDone;
}

} // namespace

void addEstimateCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("estimate", "Say how much memory a preset will take, before it is trained");
    const auto options = std::make_shared<EstimateOptions>();
    command->add_option("preset", options->preset, "Name of a preset, or a preset file")
        ->required()
        ->type_name("PRESET");
    command->add_option("overrides", options->overrides, "Settings other than the preset's: training.batch_size=8")
        ->type_name("key=value");
    command
        ->add_option("--capacity", options->capacity,
            "The memory to compare with, as in 15e9, 15GB, 14.6GiB or t4; without a card, that of one")
        ->type_name("BYTES");
    command
        ->add_option("--solve", options->solve,
            "Find the largest value of this setting that is not too large; exit 1 when none is")
        ->type_name("KEY");
    command->add_flag(
        "--probe", options->probe, "Train two batches here, keep nothing of them, and correct by what they took");
    addSharedOptions(*command, context);
    command->footer(
        "From the settings alone: neither the device, the text nor the language weights need to be here. Counted is\n"
        "the fullest moment of a batch. What fits leaves a seventh of the device free.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return estimate(context, *options); }; });
}

} // namespace nabiz::app
