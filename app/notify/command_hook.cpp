// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/command_hook.h"

#include <spdlog/fmt/fmt.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

// With what this process has, but for what a notice says itself.
std::vector<std::string> wholeEnvironment(const Notice& notice)
{
    std::vector<std::string> variables = environmentOf(notice);
    const std::size_t own = variables.size();
    for (char** variable = environ; *variable; ++variable) {
        const std::string text = *variable;
        const std::string name = text.substr(0, text.find('=') + 1);
        bool isReplaced = false;
        for (std::size_t i = 0; i < own; ++i)
            isReplaced |= variables[i].starts_with(name);
        if (!isReplaced)
            variables.push_back(text);
    }
    return variables;
}

// A process group of its own, so that what the command has begun ends with it.
class SpawnWishes {
public:
    SpawnWishes()
    {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO); // stdout is the command line's own
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        posix_spawnattr_setpgroup(&attributes, 0);
    }
    ~SpawnWishes()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnWishes(const SpawnWishes&) = delete;
    SpawnWishes& operator=(const SpawnWishes&) = delete;

    posix_spawn_file_actions_t files {};
    posix_spawnattr_t attributes {};
};

// False: it took longer, and was ended.
bool waitFor(pid_t child, std::chrono::milliseconds longest, int& status)
{
    // By its number: in glibc 2.36 the function has C++ linkage.
    const int file = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
    pollfd ended { file, POLLIN, 0 };
    const bool isEnded = file < 0 || poll(&ended, 1, static_cast<int>(longest.count())) > 0;
    if (file >= 0)
        close(file);
    if (!isEnded)
        kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return isEnded;
}

} // namespace

std::string runCommandHook(const std::string& command, const Notice& notice, std::chrono::milliseconds longest)
{
    std::vector<std::string> variables = wholeEnvironment(notice);
    std::vector<char*> environment;
    for (std::string& variable : variables)
        environment.push_back(variable.data());
    environment.push_back(nullptr);
    std::string shell = "sh", option = "-c", words = command;
    char* const arguments[] = { shell.data(), option.data(), words.data(), nullptr };
    const SpawnWishes wishes;
    pid_t child = 0;
    if (const int error
        = posix_spawn(&child, "/bin/sh", &wishes.files, &wishes.attributes, arguments, environment.data()))
        return fmt::format("the command of notify.yaml could not be run: {}", std::strerror(error));
    int status = 0;
    if (!waitFor(child, longest, status))
        return fmt::format("the command of notify.yaml took longer than {} s and was ended", longest.count() / 1000);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return WIFEXITED(status) ? fmt::format("the command of notify.yaml ended with {}", WEXITSTATUS(status))
                             : std::string("the command of notify.yaml was ended by a signal");
}

} // namespace nabiz::app
