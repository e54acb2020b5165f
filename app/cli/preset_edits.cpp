// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/preset_edits.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/terminal_text.h"
#include "storage/records/storage_error.h"
#include "trainer/config/presets/preset_folder.h"

#include <algorithm>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

struct Names {
    std::string name, other;
};

trainer::PresetStore ownPresets()
{
    return trainer::PresetStore(trainer::PresetStore::defaultUserFolder());
}

int done(const CommandContext& context, const Json& json, const std::string& sentence)
{
    context.json ? printJson(json) : printText(safeLine(sentence) + '\n');
    return kExitDone;
}

int rename(const CommandContext& context, const Names& names)
{
    trainer::renamePreset(ownPresets(), names.name, names.other);
    return done(context, { { "name", names.other }, { "before", names.name } },
        "the preset " + names.name + " is called " + names.other + " now");
}

int remove(const CommandContext& context, const Names& names)
{
    const auto uses = presetUses(context);
    const auto use = uses.find(names.name);
    const std::int64_t waiting = use == uses.end() ? 0 : use->second.waiting;
    const auto trashed = trainer::trashPreset(ownPresets(), names.name);
    std::string sentence
        = "the preset " + names.name + " is in the trash; nabiz presets restore " + names.name + " brings it back";
    if (waiting > 0)
        sentence += "; runs that wait with it: " + countText(waiting) + ", with the settings they were queued with";
    return done(context, { { "name", names.name }, { "trash", trashed.string() }, { "waiting", waiting } }, sentence);
}

int restore(const CommandContext& context, const Names& names)
{
    const auto trashed = trainer::findTrashed(trainer::PresetStore::defaultUserFolder(), names.name);
    if (trashed.empty())
        throw UsageError("there is no preset '" + names.name + "' in the trash of "
            + trainer::PresetStore::defaultUserFolder().string() + "; nabiz presets lists those that are there");
    const std::string name = trainer::restorePreset(ownPresets(), trashed);
    return done(context, { { "name", name } }, "the preset " + name + " is back");
}

int saveFrom(const CommandContext& context, const Names& names)
{
    const storage::RunStore store = openForReading(context);
    const storage::RunId id = findRun(store, names.name);
    const auto overview = store.run(id);
    const storage::Run& run = overview->run;
    std::vector<std::pair<std::string, std::string>> declared;
    for (const storage::Parameter& parameter : store.parameters(id))
        declared.emplace_back(parameter.key, parameter.declared);
    if (declared.empty())
        throw UsageError("run '" + run.name + "' has no settings to make a preset of: it was not trained here");
    const trainer::PresetStore presets = ownPresets();
    const auto own = presets.list();
    const bool taken = std::ranges::any_of(own, [&](const auto& preset) { return preset.name == names.other; });
    if (taken)
        throw UsageError("there is a preset '" + names.other + "' already; choose another --name");
    const bool isFree = std::ranges::none_of(own, [&](const auto& preset) { return preset.name == run.name; });
    const std::string name = !names.other.empty() ? names.other : isFree ? run.name : presets.freeName(run.name);
    const auto document = trainer::presetOfRun(presets, run.name, run.presetText, declared);
    const auto path = presets.save(name, document.text());
    return done(context, { { "name", name }, { "path", path.string() }, { "run", id } },
        "the settings of run " + run.name + " are the preset " + name + " now");
}

using Edit = int (*)(const CommandContext&, const Names&);

CLI::App* add(CLI::App& presets, CommandContext& context, const char* name, const char* what,
    const std::shared_ptr<Names>& names, Edit edit)
{
    auto* command = presets.add_subcommand(name, what);
    command->callback(
        [&context, names, edit] { context.action = [&context, names, edit] { return edit(context, *names); }; });
    addSharedOptions(*command, context);
    return command;
}

} // namespace

std::map<std::string, PresetUse> presetUses(const CommandContext& context)
{
    std::map<std::string, PresetUse> uses;
    try {
        std::error_code error;
        const auto file = context.databaseFile();
        if (!std::filesystem::exists(file, error))
            return uses;
        for (const storage::RunOverview& run : storage::RunStore(file).runs()) {
            PresetUse& use = uses[run.run.preset];
            ++use.runs;
            use.waiting += run.run.status == storage::RunStatus::Queued ? 1 : 0;
        }
    } catch (const storage::StorageError& error) { // the presets are there all the same
        if (error.kind() != storage::StorageErrorKind::Missing)
            logLine(std::string("note: the runs of each preset are not counted: ") + error.what());
    }
    return uses;
}

void addPresetEdits(CLI::App& presets, CommandContext& context)
{
    const auto names = std::make_shared<Names>();
    auto* renamer = add(presets, context, "rename", "Give a preset of your own another name", names, rename);
    renamer->add_option("name", names->name, "Its name")->required()->type_name("PRESET");
    renamer->add_option("other", names->other, "The name it is to have")->required()->type_name("NAME");
    auto* remover = add(presets, context, "delete", "Put a preset of your own into the trash", names, remove);
    remover->add_option("name", names->name, "Its name")->required()->type_name("PRESET");
    auto* restorer = add(presets, context, "restore", "Take a preset out of the trash again", names, restore);
    restorer->add_option("name", names->name, "Its name")->required()->type_name("PRESET");
    auto* saver = add(presets, context, "save-from", "Make a preset of the settings of a run", names, saveFrom);
    saver->add_option("run", names->name, "Id or name")->required()->type_name("RUN");
    saver->add_option("--name", names->other, "Of the preset; without it, as the run is called")->type_name("NAME");
}

} // namespace nabiz::app
