// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guard/guard_unit.h"

#include "app/guard/child_process.h"
#include "trainer/base/output_file.h"
#include "trainer/base/train_error.h"

#include <cstdlib>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;

using trainer::message;

namespace {

constexpr const char* kUnit = "nabiz-guard.service";
// What a training needs of its surroundings; no secrets.
constexpr const char* kKept[]
    = { "NABIZ_LIBTORCH", "CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "HF_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" };

fs::path unitFile()
{
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    if (config && *config == '/')
        return fs::path(config) / "systemd/user" / kUnit;
    const char* const home = std::getenv("HOME");
    if (!home || !*home)
        throw GuardUnitError(message(NABIZ_TEXT("Message", "there is no home to put the unit in: set HOME")));
    return fs::path(home) / ".config/systemd/user" / kUnit;
}

// systemd.syntax(7), systemd.service(5): in quotes, with what has a meaning in them escaped.
std::string quoted(const std::string& word)
{
    std::string text = "\"";
    for (const char letter : word) {
        if (letter == '"' || letter == '\\')
            text += '\\';
        if (letter == '%' || letter == '$')
            text += letter;
        text += letter;
    }
    return text + '"';
}

// In an environment line a dollar is a letter like any other.
std::string assignment(const std::string& name, const std::string& value)
{
    std::string text = quoted(name + "=" + value);
    for (std::size_t at = 0; (at = text.find("$$", at)) != std::string::npos; ++at)
        text.erase(at, 1);
    return text;
}

ChildEnd systemctl(const std::vector<std::string>& words)
{
    std::vector<std::string> all { "systemctl", "--user" };
    all.insert(all.end(), words.begin(), words.end());
    try {
        return runChild(all, true);
    } catch (const std::system_error&) {
        throw GuardUnitError(message(NABIZ_TEXT("Message",
            "this system has no systemctl: have `nabiz guard` started by what it has, such as a line "
            "`@reboot nabiz guard` in crontab -e")));
    }
}

void order(const std::vector<std::string>& words)
{
    const ChildEnd end = systemctl(words);
    if (end.code != 0)
        throw GuardUnitError(
            message(NABIZ_TEXT("Message",
                        "systemd takes no order of this user (%1): run it in a session of your own, or have `nabiz "
                        "guard` started by a line `@reboot nabiz guard` in crontab -e"),
                end.said));
}

} // namespace

std::string guardUnitText(const fs::path& program, const fs::path& database)
{
    std::string text = "# Written by nabiz guard install; nabiz guard remove takes it away.\n"
                       "[Unit]\n"
                       "Description=Nabiz: lets interrupted trainings go on\n"
                       "\n"
                       "[Service]\n"
                       "ExecStart="
        + quoted(program.string()) + " guard --db " + quoted(database.string()) + "\n";
    for (const char* const name : kKept) {
        if (const char* const value = std::getenv(name); value && *value)
            text += "Environment=" + assignment(name, value) + "\n";
    }
    return text
        + "Restart=always\n"
          "RestartSec=5\n"
          "TimeoutStopSec=120\n"
          "\n"
          "[Install]\n"
          "WantedBy=default.target\n";
}

GuardUnitState installGuardUnit(const fs::path& database)
{
    const fs::path file = unitFile();
    const bool wasThere = fs::exists(file);
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    try {
        fs::create_directories(file.parent_path());
        trainer::writeFile(file, guardUnitText(program, fs::absolute(database)));
    } catch (const trainer::TrainError& failure) {
        throw GuardUnitError(failure.message());
    } catch (const fs::filesystem_error& failure) {
        throw GuardUnitError(message(
            NABIZ_TEXT("Message", "the folder of '%1' cannot be made: %2"), file.string(), failure.code().message()));
    }
    try {
        order({ "daemon-reload" });
        order({ "enable", kUnit });
        order({ "restart", kUnit });
    } catch (const GuardUnitError&) {
        if (!wasThere)
            fs::remove(file, error);
        throw;
    }
    return guardUnitState();
}

void removeGuardUnit()
{
    const fs::path file = unitFile();
    std::error_code error;
    if (!fs::exists(file, error))
        throw GuardUnitError(message(NABIZ_TEXT("Message", "there is no '%1': nothing is installed"), file.string()));
    order({ "disable", "--now", kUnit });
    if (!fs::remove(file, error) && error)
        throw GuardUnitError(
            message(NABIZ_TEXT("Message", "'%1' cannot be removed: %2"), file.string(), error.message()));
    order({ "daemon-reload" });
}

GuardUnitState guardUnitState()
{
    GuardUnitState state { .file = unitFile() };
    std::error_code error;
    state.isInstalled = fs::exists(state.file, error);
    if (!state.isInstalled)
        return state;
    state.isRunning = systemctl({ "is-active", "--quiet", kUnit }).code == 0;
    const char* const user = std::getenv("USER");
    state.startsWithMachine = user && *user && fs::exists(fs::path("/var/lib/systemd/linger") / user, error);
    return state;
}

} // namespace nabiz::app
