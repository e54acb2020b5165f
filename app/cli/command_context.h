// SPDX-License-Identifier: GPL-3.0-or-later
// What every command gets: the options that all share, and the place where a parsed command leaves what is to be done,
// which runs after parsing so that all failures end in one place. Main thread.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace nabiz::app {

struct CommandContext {
    int argc = 0;
    char** argv = nullptr;
    std::string database; // as given with --db; empty = NABIZ_DB or the XDG data folder
    bool json = false;
    std::function<int()> action;

    // From then on no output takes its place. Throws StorageError{Missing} when neither --db nor a home says where.
    std::filesystem::path databaseFile() const;
};

// --db and, where the command can, --json: after the command's name as well as before it.
void addSharedOptions(CLI::App& command, CommandContext& context, bool json = true);

void addTrainCommand(CLI::App& app, CommandContext& context);
void addResumeCommand(CLI::App& app, CommandContext& context);
void addGuardCommand(CLI::App& app, CommandContext& context);
void addPresetsCommand(CLI::App& app, CommandContext& context);
void addRunsCommand(CLI::App& app, CommandContext& context);
void addShowCommand(CLI::App& app, CommandContext& context);
void addEditCommand(CLI::App& app, CommandContext& context);
void addCompareCommand(CLI::App& app, CommandContext& context);
void addReportCommand(CLI::App& app, CommandContext& context);
void addImportCommand(CLI::App& app, CommandContext& context);
void addExportCommand(CLI::App& app, CommandContext& context);
void addFollowCommand(CLI::App& app, CommandContext& context);
void addSyncCommand(CLI::App& app, CommandContext& context);
void addWatchCommand(CLI::App& app, CommandContext& context);
void addBackupCommand(CLI::App& app, CommandContext& context);
void addRescueCommand(CLI::App& app, CommandContext& context);
void addScreenshotCommand(CLI::App& app, CommandContext& context);
void addEstimateCommand(CLI::App& app, CommandContext& context);
void addAuditCommand(CLI::App& app, CommandContext& context);
void addDoctorCommand(CLI::App& app, CommandContext& context);
void addQueueCommand(CLI::App& app, CommandContext& context);
void addNotifyCommand(CLI::App& app, CommandContext& context);
void addPythonCommand(CLI::App& app, CommandContext& context);
// One of the ranks that a run with hardware.ranks starts on its own machine: not for people, and not in the help.
void addRankCommand(CLI::App& app, CommandContext& context);
void addWeightsCommand(CLI::App& app, CommandContext& context);
void addExamplesCommand(CLI::App& app, CommandContext& context);
void addCompleteCommand(CLI::App& app, CommandContext& context);
void addManualCommand(CLI::App& app, CommandContext& context);
void addSampleCommand(CLI::App& app, CommandContext& context);
void addDiagnoseCommand(CLI::App& app, CommandContext& context);

} // namespace nabiz::app
