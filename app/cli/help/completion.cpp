// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help/completion.h"

#include <algorithm>

namespace nabiz::app {

namespace {

// Where on the line the word that is being typed stands.
struct Place {
    const CLI::App* command;
    const CLI::Option* awaited = nullptr; // its value comes next
    std::size_t given = 0; // values without a name so far
};

bool takesValue(const CLI::Option& option)
{
    return option.get_type_size_max() > 0 && option.get_items_expected_max() > 0;
}

const CLI::Option* findOption(const CLI::App& command, std::string_view word)
{
    const std::string name(word.substr(0, word.find('=')));
    const auto options = command.get_options(
        [&name](const CLI::Option* option) { return option->nonpositional() && option->check_name(name); });
    return options.empty() ? nullptr : options.front();
}

std::vector<const CLI::App*> shownCommands(const CLI::App& command)
{
    return command.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); });
}

void step(Place& place, const std::string& word)
{
    if (std::exchange(place.awaited, nullptr))
        return;
    if (word.starts_with('-')) {
        const CLI::Option* option = findOption(*place.command, word);
        if (option && takesValue(*option) && word.find('=') == std::string::npos)
            place.awaited = option;
        return;
    }
    const auto commands = shownCommands(*place.command);
    const auto found = std::ranges::find_if(commands, [&word](const CLI::App* one) { return one->get_name() == word; });
    if (place.given == 0 && found != commands.end())
        place.command = *found;
    else
        ++place.given;
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

void offerNames(OfferedWords& offered, const CLI::App& command, const std::string& begun)
{
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames())
            offerWord(offered, begun, "--" + name, firstLine(option->get_description()));
    }
}

void offerUnnamed(OfferedWords& offered, const Place& place, const std::string& begun, const CommandContext& context)
{
    const auto values = place.command->get_options([](const CLI::Option* option) { return option->get_positional(); });
    if (values.empty())
        return;
    const std::size_t first = std::min(place.given, values.size() - 1);
    for (std::size_t i = first; i < values.size(); ++i) {
        offer(offered, values[i]->get_type_name(), begun, context);
        if (values[i]->get_required() && values[i]->get_items_expected_max() == 1)
            return; // the next comes after it
    }
}

// --db, wherever it was given.
CommandContext withDatabase(const std::vector<std::string>& words, CommandContext context)
{
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "--db")
            context.database = words[i + 1];
        else if (words[i].starts_with("--db="))
            context.database = words[i].substr(5);
    }
    return context;
}

} // namespace

OfferedWords complete(const CLI::App& program, const std::vector<std::string>& words, const CommandContext& context)
{
    OfferedWords offered;
    if (words.empty())
        return offered;
    const CommandContext meant = withDatabase(words, context);
    Place place { &program };
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        step(place, words[i]);
    const std::string& begun = words.back();
    if (place.awaited) {
        offer(offered, place.awaited->get_type_name(), begun, meant);
    } else if (begun.starts_with('-')) {
        offerNames(offered, *place.command, begun);
    } else {
        if (place.given == 0) {
            for (const CLI::App* command : shownCommands(*place.command))
                offerWord(offered, begun, command->get_name(), firstLine(command->get_description()));
        }
        offerUnnamed(offered, place, begun, meant);
    }
    return offered;
}

} // namespace nabiz::app
