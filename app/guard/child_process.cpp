// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guard/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

std::string lastLine(std::string text)
{
    text.erase(text.find_last_not_of(" \n\r") + 1);
    return text.substr(text.find_last_of('\n') + 1);
}

std::string readAll(int file)
{
    std::string text;
    std::array<char, 4096> part {};
    for (;;) {
        const ssize_t count = read(file, part.data(), part.size());
        if (count > 0)
            text.append(part.data(), static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            return text;
    }
}

pid_t spawn(const std::vector<std::string>& words, int errors)
{
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files {};
    posix_spawn_file_actions_init(&files);
    const std::unique_ptr<posix_spawn_file_actions_t, int (*)(posix_spawn_file_actions_t*)> guard(
        &files, posix_spawn_file_actions_destroy);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (errors >= 0) {
        posix_spawn_file_actions_adddup2(&files, errors, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    }
    pid_t child = 0;
    if (const int error = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ))
        throw std::system_error(error, std::generic_category(), "'" + words[0] + "' cannot be started");
    return child;
}

} // namespace

ChildEnd runChild(const std::vector<std::string>& words, bool keepErrors, const std::stop_token& stop)
{
    std::array<int, 2> pipe { -1, -1 };
    if (keepErrors && pipe2(pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "a pipe cannot be made");
    const pid_t child = spawn(words, pipe[1]);
    ChildEnd end;
    {
        const std::stop_callback onStop(stop, [child] { kill(child, SIGTERM); });
        if (keepErrors) {
            close(pipe[1]);
            end.said = lastLine(readAll(pipe[0]));
            close(pipe[0]);
        }
        siginfo_t ended {};
        while (waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) { }
    } // until here the number is the child's
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    end.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return end;
}

} // namespace nabiz::app
