// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/run/exit_code.h"

#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/gui_commands.h"
#include "app/cli/usage_error.h"
#include "app/interchange/own_aliases.h"
#include "app/run/crash_handler.h"
#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"
#include "trainer/base/kept_files.h"
#include "trainer/base/nearest.h"
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_store.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <vector>

namespace nabiz::app {

namespace {

using AddCommand = void (*)(CLI::App&, CommandContext&);

constexpr AddCommand kCommands[] = { addTrainCommand, addQueueCommand, addResumeCommand, addSampleCommand,
    addGuardCommand, addPresetsCommand, addRunsCommand, addShowCommand, addEditCommand, addCompareCommand,
    addReportCommand, addExportCommand, addImportCommand, addFollowCommand, addSyncCommand, addWatchCommand,
    addScreenshotCommand, addEstimateCommand, addAuditCommand, addWeightsCommand, addDoctorCommand, addDiagnoseCommand,
    addBackupCommand, addRescueCommand, addNotifyCommand, addPythonCommand, addRankCommand, addExamplesCommand,
    addCompleteCommand, addManualCommand };

void describeProgram(CLI::App& app)
{
    app.name("nabiz");
    app.description("Nabız trains language models and keeps every batch of every run."
#ifdef NABIZ_GUI
                    "\nWithout a command it opens the window."
#endif
    );
    app.set_version_flag("--version", "nabiz " + nabizVersion(), "Print the version");
    app.footer("Exit codes: 0 done, 1 failed or diverged, 2 bad input, 130 stopped by a signal.\n"
               "nabiz COMMAND --help tells of one command.");
    app.require_subcommand(0, 1);
}

std::string unknownWord(const CLI::App& app, const std::string& given)
{
    std::vector<std::string_view> names;
    std::string all;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); })) {
        names.push_back(command->get_name());
        all += (all.empty() ? "" : ", ") + command->get_name();
    }
    const std::string_view meant = trainer::nearest(given, names);
    const std::string kind = given.starts_with('-') ? "option" : "command";
    return "there is no " + kind + " '" + given + "'; "
        + (meant.empty() ? "the commands are " + all : "did you mean '" + std::string(meant) + "'?");
}

// CLI11's words, in one line, with the command that was meant.
std::string parseFailure(const CLI::App& app, const CLI::ParseError& error)
{
    std::string words = error.what();
    std::ranges::replace(words, '\n', ' ');
    const auto chosen = app.get_subcommands();
    const bool extras = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
    if (chosen.empty() && extras && !app.remaining().empty()) {
        return unknownWord(app, app.remaining().front());
    }
    const CLI::App* command = chosen.empty() ? &app : chosen.front();
    std::string help = chosen.empty() ? "nabiz" : "nabiz " + command->get_name();
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        help += ' ' + command->get_name();
    }
    return words + (words.ends_with('.') ? "" : ";") + " see " + help + " --help";
}

int openWindowOrHelp([[maybe_unused]] const CLI::App& app, [[maybe_unused]] const CommandContext& context,
    [[maybe_unused]] WindowOptions& options)
{
#ifdef NABIZ_GUI
    // A word that is no file was meant as a command.
    for (const std::string& file : options.files) {
        std::error_code error;
        if (!std::filesystem::exists(file, error))
            throw UsageError(file.find('/') == std::string::npos && file.find('.') == std::string::npos
                    ? unknownWord(app, file)
                    : "there is no file " + file);
    }
    const auto set = [](const char* name) { return std::getenv(name) && *std::getenv(name); };
    if (!set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("QT_QPA_PLATFORM"))
        throw UsageError("there is no display for the window; in a terminal train with: nabiz train quick");
    if (!context.database.empty())
        options.database = context.databaseFile();
    return openWindow(context.argc, context.argv, options);
#else
    printError("this build has no window; give a command, as in: nabiz train quick", {});
    printText(app.help(), stderr);
    return kExitBadInput;
#endif
}

// A slip in the file is said, and keeps nobody from training.
void takeAliases()
{
    try {
        const auto presets = trainer::PresetStore::defaultUserFolder();
        takeOwnAliases(presets.empty() ? presets : presets.parent_path() / "aliases.yaml");
    } catch (const trainer::TrainError& error) {
        printError(error.what(), {});
    }
}

int parseAndRun(CLI::App& app, CommandContext& context, WindowOptions& window)
{
    try {
        app.parse(context.argc, context.argv);
    } catch (const CLI::Success& success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        printError(parseFailure(app, error), {});
        return kExitBadInput;
    }
    if (context.action && !window.files.empty()) {
        printError(unknownWord(app, window.files.front()), {});
        return kExitBadInput;
    }
    takeAliases();
    return context.action ? context.action() : openWindowOrHelp(app, context, window);
}

int exitCode(trainer::TrainErrorKind kind)
{
    const bool input = kind == trainer::TrainErrorKind::BadInput || kind == trainer::TrainErrorKind::Data
        || kind == trainer::TrainErrorKind::Io;
    return input ? kExitBadInput : kExitFailed;
}

} // namespace

std::filesystem::path CommandContext::databaseFile() const
{
    const std::filesystem::path file = database.empty() ? storage::defaultDatabase() : storage::databasePath(database);
    trainer::keepDatabase(file);
    return file;
}

void addSharedOptions(CLI::App& command, CommandContext& context, bool json)
{
    command
        .add_option("--db", context.database, "The database; else NABIZ_DB, else the XDG data folder's nabiz/nabiz.db")
        ->check(CLI::Validator(
            [](std::string& file) {
                return std::string(file.empty() ? "it is empty: name a file, or leave --db out" : "");
            },
            "", ""))
        ->type_name("FILE");
    if (json)
        command.add_flag("--json", context.json, "Print one JSON document on stdout");
}

int runCommandLine(int argc, char** argv)
{
    // A file that may grow no further is an error of the write, with a sentence, not the end of the process.
    std::signal(SIGXFSZ, SIG_IGN);
    keepStackOfCrash();
    CommandContext context { .argc = argc, .argv = argv };
    CLI::App app;
    WindowOptions window;
    describeProgram(app);
    addSharedOptions(app, context);
#ifdef NABIZ_GUI
    app.add_option("--preset", window.preset, "The preset that the window opens with")->type_name("PRESET");
    app.add_option("files", window.files, "Opened in the window: presets, text, databases, runs")->type_name("FILE");
#endif
    for (const AddCommand add : kCommands)
        add(app, context);
    try {
        const int code = parseAndRun(app, context, window);
        flushOutput();
        return code;
    } catch (const UsageError& error) {
        printError(error.what(), error.details());
    } catch (const storage::StorageError& error) {
        printError(error.what(), {});
    } catch (const trainer::TrainError& error) {
        printError(error.what(), {});
        return exitCode(error.kind());
    } catch (...) {
        printError(currentFailure().english(), {});
        return kExitFailed;
    }
    return kExitBadInput;
}

} // namespace nabiz::app
