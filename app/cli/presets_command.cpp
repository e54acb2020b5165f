// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz presets: what there is to train, whether it can start here, and what is wrong with a file.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/preset_edits.h"
#include "app/cli/preset_problems.h"
#include "app/cli/run_json.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/terminal_text.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/memory/hardware.h"
#include "trainer/validation/validation.h"

#include <filesystem>
#include <map>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

trainer::PresetStore presetStore()
{
    return trainer::PresetStore(trainer::PresetStore::defaultUserFolder());
}

// Throws UsageError when it cannot be read or has errors.
trainer::Preset soundPreset(const std::string& nameOrFile)
{
    trainer::Preset preset = presetStore().load(nameOrFile);
    refuseErrors(preset.problems);
    return preset;
}

int list(const CommandContext& context)
{
    const trainer::Machine machine = trainer::probeMachine();
    Json json = Json::array();
    const std::map<std::string, PresetUse> uses = presetUses(context);
    TextTable table({ { "PRESET" }, { "READY" }, { "RUNS", TextTable::Align::Right }, { "WHAT IT IS" } });
    for (const trainer::Preset& preset : presetStore().list()) {
        const std::vector<std::string> reasons = startReasons(preset, machine);
        std::string reason;
        for (const std::string& one : reasons)
            reason += (reason.empty() ? "" : " ") + one;
        const PresetUse used = uses.contains(preset.name) ? uses.at(preset.name) : PresetUse();
        json.push_back({ { "name", preset.name }, { "path", preset.path.string() }, { "summary", preset.summary },
            { "ready", reasons.empty() }, { "reason", reason }, { "runs", used.runs }, { "waiting", used.waiting } });
        table.add({ preset.name, reasons.empty() ? "yes" : "no", countText(used.runs), preset.summary });
        for (const std::string& one : reasons)
            table.add({ "", "", "", "→ " + one });
    }
    if (context.json)
        printJson(json);
    else
        printText(table.text());
    return kExitDone;
}

int show(const CommandContext& context, const std::string& name)
{
    const trainer::Preset preset = soundPreset(name);
    if (!context.json) {
        printText(preset.document.text());
        return kExitDone;
    }
    Json settings = Json::object();
    for (const trainer::Parameter& row : trainer::parameterTable())
        settings[std::string(row.key)] = valueJson(preset.config.value(row.key));
    printJson({ { "name", preset.name }, { "path", preset.path.string() }, { "summary", preset.summary },
        { "shipped", preset.shipped }, { "extends", preset.document.extends() }, { "text", preset.document.text() },
        { "parameters", settings } });
    return kExitDone;
}

int check(const CommandContext& context, const std::vector<std::string>& files)
{
    std::vector<trainer::Problem> problems;
    for (const std::string& file : files) {
        for (trainer::Problem& problem : checkPreset(presetStore().load(file), file))
            problems.push_back(std::move(problem));
    }
    Json found = Json::array();
    std::vector<std::string> notes;
    for (const trainer::Problem& problem : problems) {
        const bool error = problem.severity == trainer::Severity::Error;
        found.push_back(
            { { "file", problem.file }, { "line", problem.line }, { "column", problem.column }, { "key", problem.key },
                { "message", problem.message.english() }, { "severity", error ? "error" : "note" } });
        if (!error)
            notes.push_back("note: " + describe(problem));
    }
    if (context.json)
        printJson({ { "problems", found } });
    for (const std::string& note : notes)
        printText(safeLine(note) + '\n', context.json ? stderr : stdout);
    flushOutput();
    refuseErrors(problems);
    if (!context.json)
        printText(files.size() == 1 ? "no errors\n" : "no errors in " + countText(std::ssize(files)) + " files\n");
    return kExitDone;
}

int diff(const CommandContext& context, const std::string& before, const std::string& after)
{
    const trainer::Preset first = soundPreset(before);
    const trainer::Preset second = soundPreset(after);
    const auto differences = trainer::differences(first.config, second.config);
    if (context.json) {
        Json list = Json::array();
        for (const trainer::Difference& difference : differences)
            list.push_back({ { "key", difference.key }, { "before", valueJson(difference.before) },
                { "after", valueJson(difference.after) } });
        printJson({ { "presets", { before, after } }, { "differences", list } });
        return kExitDone;
    }
    if (differences.empty()) {
        printText("the two set the same\n");
        return kExitDone;
    }
    TextTable table({ { "SETTING" }, { first.name }, { second.name } });
    for (const trainer::Difference& difference : differences)
        table.add({ difference.key, trainer::toYaml(difference.before), trainer::toYaml(difference.after) });
    printText(table.text());
    return kExitDone;
}

} // namespace

void addPresetsCommand(CLI::App& app, CommandContext& context)
{
    auto* presets = app.add_subcommand("presets", "List, show, check, compare and keep presets");
    presets->alias("preset");
    presets->require_subcommand(0, 1);
    addSharedOptions(*presets, context);
    presets->callback([presets, &context] {
        if (presets->get_subcommands().empty())
            context.action = [&context] { return list(context); };
    });

    auto* lister = presets->add_subcommand("list", "Which there are, and whether they can start here");
    addSharedOptions(*lister, context);
    lister->callback([&context] { context.action = [&context] { return list(context); }; });

    const auto names = std::make_shared<std::vector<std::string>>(2);
    auto* shower = presets->add_subcommand("show", "Print a preset's text");
    shower->add_option("preset", names->front(), "Name or file")->required()->type_name("PRESET");
    addSharedOptions(*shower, context);
    shower->callback(
        [&context, names] { context.action = [&context, names] { return show(context, names->front()); }; });

    const auto files = std::make_shared<std::vector<std::string>>();
    auto* checker = presets->add_subcommand("check", "Say what is wrong with presets, with line and column");
    checker->add_option("files", *files, "Preset files, or names")->required()->type_name("FILE");
    addSharedOptions(*checker, context);
    checker->callback([&context, files] { context.action = [&context, files] { return check(context, *files); }; });

    addPresetEdits(*presets, context);
    auto* differ = presets->add_subcommand("diff", "Which settings of two presets differ");
    differ->add_option("first", names->at(0), "Name or file")->required()->type_name("PRESET");
    differ->add_option("second", names->at(1), "Name or file")->required()->type_name("PRESET");
    addSharedOptions(*differ, context);
    differ->callback([&context, names] {
        context.action = [&context, names] { return diff(context, names->at(0), names->at(1)); };
    });
}

} // namespace nabiz::app
