// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz edit: what a person says of a run. The run may be training meanwhile, in this program or in another.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/cli/written_words.h"
#include "app/run/exit_code.h"
#include "app/run/run_name.h"
#include "app/run/terminal_text.h"
#include "storage/recording/recorder.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace nabiz::app {

namespace {

using Text = std::optional<std::string>; // none = left as it is

struct EditOptions {
    std::string run;
    Text name, why, note, tag, star, problem, solution, conclusion;
};

std::string newName(const std::string& given)
{
    const std::string name = simplified(given);
    if (name.empty())
        throw UsageError("--name is empty; a run has a name");
    if (looksLikeId(name))
        throw UsageError("a run cannot be called '" + name + "', since numbers are ids; put a letter into --name");
    return name;
}

// "+a,-b,c": c is added like a.
std::vector<std::string> newTags(std::vector<std::string> tags, const std::string& given)
{
    const auto words = commaWords(given);
    for (const std::string& word : words) {
        const bool isTakenAway = word.starts_with('-');
        const std::string tag = isTakenAway || word.starts_with('+') ? simplified(word.substr(1)) : word;
        if (tag.empty())
            continue;
        const bool isThere = std::ranges::find(tags, tag) != tags.end();
        if (isTakenAway)
            std::erase(tags, tag);
        else if (!isThere)
            tags.push_back(tag);
    }
    if (std::ranges::all_of(words, [](const std::string& word) { return word == "+" || word == "-"; }))
        throw UsageError("--tag names no tag; write --tag=+first,-slow to add one and take one away");
    return tags;
}

bool newStar(const std::string& given)
{
    if (given != "yes" && given != "no")
        throw UsageError("--star is yes or no, not '" + given + "'");
    return given == "yes";
}

// All that is wrong is said before anything is written; it is written in one go.
int edit(const CommandContext& context, const EditOptions& options)
{
    const std::optional<std::string> name = options.name ? Text(newName(*options.name)) : std::nullopt;
    const auto star = options.star ? std::optional(newStar(*options.star)) : std::nullopt;
    if (!name && !options.why && !options.note && !options.tag && !star && !options.problem && !options.solution
        && !options.conclusion)
        throw UsageError("edit sets nothing; say what, as in: nabiz edit " + options.run + " --note \"lower rate\"");
    const storage::RunStore store = openForReading(context);
    const storage::RunId run = findRun(store, options.run);
    const auto overview = store.run(run);
    const auto tags = options.tag && overview ? std::optional(newTags(overview->run.tags, *options.tag)) : std::nullopt;
    {
        storage::Recorder recorder(context.databaseFile());
        if (name)
            recorder.words().rename(run, *name);
        if (options.why)
            recorder.words().setWhy(run, simplified(*options.why));
        if (options.note)
            recorder.words().setNote(run, trimmed(*options.note));
        if (tags)
            recorder.words().setTags(run, *tags);
        if (star)
            recorder.words().setStarred(run, *star);
        for (const auto& [section, text] : { std::pair("problem", &options.problem),
                 std::pair("solution", &options.solution), std::pair("conclusion", &options.conclusion) }) {
            if (*text)
                recorder.words().setText(run, section, trimmed(**text));
        }
        recorder.flush();
    }
    const auto edited = store.run(run);
    if (!edited)
        throw UsageError("the run '" + options.run + "' has just been deleted; nabiz runs lists those that are left");
    if (context.json) {
        auto json = runJson(*edited);
        json["texts"] = edited->run.texts;
        printJson(json);
    } else {
        logLine(fmt::format("run {} '{}' is edited", run, elided(edited->run.name, 60)));
    }
    return kExitDone;
}

} // namespace

void addEditCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<EditOptions>();
    auto* command = app.add_subcommand("edit", "Set a run's name, words, tags and star");
    command->add_option("run", options->run, "Id or name")->required()->type_name("RUN");
    command->add_option("--name", options->name, "What to call it")->type_name("N");
    command->add_option("--why", options->why, "One line on what it is for")->type_name("T");
    command->add_option("--note", options->note, "A note; an empty one takes it away, here and below")->type_name("T");
    command->add_option("--tag", options->tag, "Tags to add and to take away, commas between: --tag=+first,-slow")
        ->type_name("+A,-B");
    command->add_option("--star", options->star, "yes or no")->type_name("yes|no");
    command->add_option("--problem", options->problem, "The report's section on what was wrong")->type_name("T");
    command->add_option("--solution", options->solution, "… on what was done")->type_name("T");
    command->add_option("--conclusion", options->conclusion, "… on what came of it")->type_name("T");
    addSharedOptions(*command, context);
    command->footer("What is not named stays as it is. The run may be training meanwhile, here or in another program.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return edit(context, *options); }; });
}

} // namespace nabiz::app
