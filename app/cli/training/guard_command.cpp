// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz guard: lets runs of queue.resume: auto go on that a crash, a restart or a device has ended; and the systemd
// unit that starts it at each login.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/guard/guard.h"
#include "app/guard/guard_lock.h"
#include "app/guard/guard_unit.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"

#include <spdlog/fmt/fmt.h>

#include <memory>

namespace nabiz::app {

namespace {

// Before a lock is laid beside it: a file that is no database gets none. One that only cannot be read now may be so
// later.
void refuseOtherFile(const std::filesystem::path& database)
{
    std::error_code error;
    if (!std::filesystem::exists(database, error))
        return;
    if (!std::filesystem::is_regular_file(database, error))
        throw UsageError(fmt::format("'{}' is no file; name a database with --db", database.string()));
    try {
        const storage::RunStore store(database);
    } catch (const storage::StorageError& failure) {
        using enum storage::StorageErrorKind;
        if (failure.kind() == NotADatabase || failure.kind() == ForeignDatabase)
            throw;
    }
}

int guard(const CommandContext& context, bool isOnce)
{
    const std::filesystem::path database = context.databaseFile();
    refuseOtherFile(database);
    const GuardLock lock(database);
    if (!lock.isHeld())
        throw UsageError(fmt::format("another nabiz guard watches '{}' already", database.string()));
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    Guard guard(database, [](const std::string& line) { logLine(line); });
    bool isDone = true;
    if (isOnce)
        isDone = guard.look(stop.get_token());
    else
        guard.run(stop.get_token());
    signals.close();
    if (isOnce && signals.stopped())
        return kExitSignal;
    return isDone ? kExitDone : kExitFailed;
}

// Its own refusals are of one kind with those of other commands.
template <typename Order> auto asked(Order order)
{
    try {
        return order();
    } catch (const GuardUnitError& error) {
        throw UsageError(error.what());
    }
}

int install(const CommandContext& context)
{
    const std::filesystem::path database = context.databaseFile();
    const GuardUnitState state = asked([&] { return installGuardUnit(database); });
    logLine(fmt::format("{} watches '{}' from now on and at each login{}", state.file.string(), database.string(),
        state.startsWithMachine ? "" : "; before a login too, once you have run: loginctl enable-linger"));
    return kExitDone;
}

int remove()
{
    asked([] { removeGuardUnit(); });
    logLine("removed: nothing goes on by itself any more");
    return kExitDone;
}

int status(const CommandContext& context)
{
    const GuardUnitState state = asked([] { return guardUnitState(); });
    const bool isWatched = GuardLock::isTaken(context.databaseFile());
    printText(fmt::format("unit: {}\n",
        !state.isInstalled ? "not installed"
                           : state.file.string() + (state.isRunning ? ", running" : ", not running")));
    printText(fmt::format("'{}' is {}\n", context.databaseFile().string(), isWatched ? "watched" : "not watched"));
    return kExitDone;
}

template <typename Run> void add(CLI::App& parent, const char* name, const char* help, CommandContext& context, Run run)
{
    auto* command = parent.add_subcommand(name, help);
    addSharedOptions(*command, context, false);
    command->callback([&context, run] { context.action = [&context, run] { return run(context); }; });
}

} // namespace

void addGuardCommand(CLI::App& app, CommandContext& context)
{
    const auto isOnce = std::make_shared<bool>(false);
    auto* command = app.add_subcommand("guard", "Let interrupted runs of queue.resume: auto go on by themselves");
    command->require_subcommand(0, 1);
    command->add_flag("--once", *isOnce, "Look once, let all go on that may, and end");
    addSharedOptions(*command, context, false);
    add(*command, "install", "Have it started by systemd, now and at each login", context, install);
    add(*command, "remove", "End it, and take the unit away", context, [](const CommandContext&) { return remove(); });
    add(*command, "status", "Whether it is installed and runs", context, status);
    command->footer("A crash, a SIGTERM, a restart of the machine and a failing device leave what may go on, at most "
                    "three times a run; what a person\nstops (Stop, Ctrl+C) stays stopped. It looks every 5 s, and "
                    "waits while another run is trained.");
    command->callback([&context, command, isOnce] {
        if (command->get_subcommands().empty())
            context.action = [&context, isOnce] { return guard(context, *isOnce); };
    });
}

} // namespace nabiz::app
