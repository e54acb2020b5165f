// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help/manual_page.h"

#include "app/run/environment.h"

namespace nabiz::app {

namespace {

// Of the environment, in the order of their use.
constexpr std::pair<const char*, const char*> kVariables[] = {
    { "NABIZ_DB", "The database, where --db names none." },
    { "NABIZ_LIBTORCH",
        "The torch folder of a LibTorch to use in place of the installed one, as that of a Python with a GPU build." },
    { "HF_TOKEN, HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE",
        "As the hub's own programs use them, for nabiz weights." },
};

// A line of roff that says this text: nothing in it is taken for a request or an escape.
std::string plain(std::string_view text)
{
    std::string result;
    bool startsLine = true;
    for (const char letter : text) {
        if (startsLine && (letter == '.' || letter == '\''))
            result += "\\&";
        if (letter == '\\')
            result += "\\e";
        else if (letter == '-')
            result += "\\-";
        else
            result += letter;
        startsLine = letter == '\n';
    }
    return result;
}

std::string optionName(const CLI::Option& option)
{
    if (!option.nonpositional())
        return option.get_name(true);
    std::string name;
    for (const std::string& letter : option.get_snames())
        name += (name.empty() ? "-" : ", -") + letter;
    for (const std::string& word : option.get_lnames())
        name += (name.empty() ? "--" : ", --") + word;
    return name;
}

std::string synopsis(const std::string& name, const CLI::App& command)
{
    std::string text = ".B " + plain(name) + "\n[\\fIOPTION\\fR]\\&...\n";
    for (const CLI::Option* value : command.get_options([](const auto* one) { return one->get_positional(); })) {
        const std::string word = "\\fI" + plain(value->get_type_name()) + "\\fR";
        text += (value->get_required() ? word : '[' + word + ']')
            + (value->get_items_expected_max() > 1 ? "\\&...\n" : "\n");
    }
    return text;
}

std::string options(const CLI::App& command)
{
    std::string text;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_description().empty() || option->get_group().empty())
            continue;
        const bool hasValue = option->nonpositional() && option->get_type_size_max() > 0;
        text += ".TP\n\\fB" + plain(optionName(*option)) + "\\fR"
            + (hasValue ? " \\fI" + plain(option->get_type_name()) + "\\fR" : "") + '\n'
            + plain(option->get_description()) + '\n';
    }
    return text;
}

std::string verbatim(const std::string& text)
{
    return text.empty() ? text : ".PP\n.nf\n" + plain(text) + "\n.fi\n";
}

void tell(std::string& page, const std::string& name, const CLI::App& command)
{
    page += ".SS " + plain(name) + '\n' + plain(command.get_description()) + "\n.PP\n" + synopsis(name, command)
        + options(command) + verbatim(command.get_footer());
    for (const CLI::App* inner : command.get_subcommands([](const CLI::App*) { return true; }))
        tell(page, name + ' ' + inner->get_name(), *inner);
}

} // namespace

std::string manualPage(const CLI::App& program)
{
    std::string page = ".TH NABIZ 1 \"\" \"nabiz " + nabizVersion() + "\" \"User Commands\"\n.SH NAME\n"
        + plain("nabiz - experiment tracker that trains in its own process") + "\n.SH SYNOPSIS\n.B nabiz\n"
        + "[\\fICOMMAND\\fR] [\\fIOPTION\\fR]\\&...\n.SH DESCRIPTION\n" + plain(program.get_description()) + '\n'
        + ".SH OPTIONS\n" + options(program) + ".SH COMMANDS\n";
    for (const CLI::App* command :
        program.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
        tell(page, "nabiz " + command->get_name(), *command);
    page += ".SH ENVIRONMENT\n";
    for (const auto& [name, text] : kVariables)
        page += std::string(".TP\n.B ") + name + '\n' + plain(text) + '\n';
    return page + ".SH NOTES\n.nf\n" + plain(program.get_footer()) + "\n.fi\n";
}

} // namespace nabiz::app
