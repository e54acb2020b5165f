// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help/offered_words.h"

#include "app/cli/run_lookup.h"
#include "app/run/terminal_text.h"
#include "storage/records/storage_error.h"
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/config/presets/preset_store.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kMostRuns = 200; // the newest; a shell shows no more

void offerPresets(OfferedWords& offered, std::string_view begun)
{
    for (const trainer::Preset& preset : trainer::PresetStore(trainer::PresetStore::defaultUserFolder()).list())
        offerWord(offered, begun, preset.name, preset.summary);
    offered.files = true;
}

// A database that cannot be read has nothing to offer; the command itself says why.
void offerRuns(OfferedWords& offered, std::string_view begun, const CommandContext& context)
{
    try {
        auto runs = openForReading(context).runs();
        std::ranges::sort(runs, std::greater(), [](const auto& run) { return run.run.id; });
        for (std::size_t i = 0; i < std::min(runs.size(), kMostRuns); ++i)
            offerWord(offered, begun, std::to_string(runs[i].run.id), runs[i].run.name);
    } catch (const storage::StorageError&) {
    }
}

void offerValues(OfferedWords& offered, const trainer::Parameter& parameter, std::string_view begun)
{
    const std::string key = std::string(parameter.key) + '=';
    for (const auto& values : { parameter.choices, parameter.suggestions }) {
        for (const std::string_view value : values)
            offerWord(offered, begun, key + std::string(value));
    }
    if (std::holds_alternative<bool>(parameter.defaultValue)) {
        offerWord(offered, begun, key + "true");
        offerWord(offered, begun, key + "false");
    }
    offered.files = offered.files || parameter.isPath;
}

void offerParameters(OfferedWords& offered, std::string_view begun, bool withValue)
{
    if (const auto end = begun.find('='); withValue && end != std::string_view::npos) {
        if (const trainer::Parameter* parameter = trainer::findParameter(begun.substr(0, end)))
            offerValues(offered, *parameter, begun);
        return;
    }
    for (const trainer::Parameter& parameter : trainer::parameterTable()) {
        if (!parameter.fixed && !parameter.derived)
            offerWord(offered, begun, std::string(parameter.key) + (withValue ? "=" : ""), parameter.label);
    }
}

void offerChoices(OfferedWords& offered, std::string_view choices, char between, std::string_view begun)
{
    while (!choices.empty()) {
        const auto end = std::min(choices.find(between), choices.size());
        offerWord(offered, begun, std::string(choices.substr(0, end)));
        choices.remove_prefix(std::min(end + 1, choices.size()));
    }
}

} // namespace

void offerWord(OfferedWords& offered, std::string_view begun, std::string text, std::string description)
{
    if (text.starts_with(begun))
        offered.words.push_back({ safeLine(text), safeLine(description) });
}

void offer(OfferedWords& offered, std::string_view kind, std::string_view begun, const CommandContext& context)
{
    if (const auto open = kind.find('{'); open != std::string_view::npos)
        return offerChoices(offered, kind.substr(open + 1, kind.rfind('}') - open - 1), ',', begun);
    kind = kind.substr(0, kind.find(':'));
    if (kind == "yes|no")
        offerChoices(offered, kind, '|', begun);
    else if (kind == "key=value" || kind == "KEY")
        offerParameters(offered, begun, kind != "KEY");
    else if (kind == "DEVICE")
        offerChoices(offered, "cpu,cuda,cuda:0,cuda:1", ',', begun);
    if (kind.find("PRESET") != std::string_view::npos)
        offerPresets(offered, begun);
    if (kind.find("RUN") != std::string_view::npos)
        offerRuns(offered, begun, context);
    offered.files = offered.files || kind == "FILE" || kind == "DIR" || kind == "PATH";
}

} // namespace nabiz::app
