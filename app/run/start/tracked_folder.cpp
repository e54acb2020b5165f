// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/start/tracked_folder.h"

#include "trainer/data/fingerprint.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLongest { 20 }; // of each question
constexpr std::size_t kMostRead = 64U << 20U; // bytes of an answer
constexpr std::size_t kMostKept = 256U << 10U; // of the difference

struct Answer {
    std::string text;
    std::string failure;
};

class Pipe {
public:
    Pipe()
    {
        if (pipe2(m_ends.data(), O_CLOEXEC) != 0)
            m_ends = { -1, -1 };
    }
    ~Pipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int end(std::size_t which) const { return m_ends[which]; }
    void closeEnd(std::size_t which)
    {
        if (m_ends[which] >= 0)
            close(m_ends[which]);
        m_ends[which] = -1;
    }

private:
    std::array<int, 2> m_ends {};
};

// No lock is taken in the folder, nobody is asked for a password, and words are English.
std::vector<std::string> environmentForGit()
{
    std::vector<std::string> variables { "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "GIT_PAGER=cat" };
    for (char** variable = environ; *variable; ++variable) {
        const std::string_view text = *variable;
        if (!text.starts_with("GIT_") && !text.starts_with("LC_ALL="))
            variables.emplace_back(text);
    }
    return variables;
}

// Until it ends, says too much, or takes too long.
std::string readAll(int file, bool& isOver)
{
    std::string text;
    std::array<char, 65536> buffer {};
    const auto until = Clock::now() + kLongest;
    isOver = false;
    while (text.size() < kMostRead) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd waited { file, POLLIN, 0 };
        if (left <= 0 || (poll(&waited, 1, static_cast<int>(left)) == 0))
            return text;
        const ssize_t got = read(file, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        isOver = got <= 0;
        if (isOver)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

std::vector<char*> pointers(std::vector<std::string>& words)
{
    std::vector<char*> result;
    for (std::string& word : words)
        result.push_back(word.data());
    result.push_back(nullptr);
    return result;
}

Answer askGit(const std::string& folder, std::vector<std::string> words)
{
    words.insert(words.begin(), { "git", "-C", folder, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false" });
    std::vector<std::string> variables = environmentForGit();
    Pipe pipe;
    posix_spawn_file_actions_t files {};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, pipe.end(1), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, pipe.end(1), STDERR_FILENO);
    pid_t child = 0;
    const int error = posix_spawnp(&child, "git", &files, nullptr, pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&files);
    pipe.closeEnd(1);
    if (error != 0)
        return { {}, fmt::format("git could not be run: {}", std::strerror(error)) };
    bool isOver = false;
    Answer answer { readAll(pipe.end(0), isOver), {} };
    if (!isOver)
        kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    if (!isOver)
        answer.failure = "git took too long, or said too much";
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        answer.failure = answer.text.empty() ? "git failed" : answer.text.substr(0, answer.text.find('\n'));
    return answer;
}

// Bytes that are none of UTF-8 become question marks, and so does what a cut leaves of a letter.
std::string asUtf8(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
        const bool isLead = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
        const auto rest = text.substr(i + 1, length - 1);
        const bool isWhole = isLead && rest.size() == length - 1
            && std::ranges::all_of(rest, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; });
        result += isWhole && lead != 0 ? text.substr(i, length) : std::string_view("?");
        i += isWhole ? length : 1;
    }
    return result;
}

std::string fingerprintOf(const std::string& text)
{
    return trainer::fingerprint(
        std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())); // NOLINT: bytes are bytes
}

void takeChanges(const Answer& status, TrackedFolder& folder)
{
    std::size_t changed = 0, unknown = 0;
    for (std::size_t i = 0; i < status.text.size(); i = status.text.find('\n', i) + 1) {
        (status.text.compare(i, 2, "??") == 0 ? unknown : changed) += 1;
        if (status.text.find('\n', i) == std::string::npos)
            break;
    }
    std::string text = changed + unknown == 0 ? "none" : changed > 0 ? fmt::format("{} changed", changed) : "";
    if (unknown > 0)
        text += fmt::format("{}{} not in git", text.empty() ? "" : ", ", unknown);
    folder.facts["track.changes"] = text;
}

} // namespace

TrackedFolder lookAtFolder(const std::string& path)
{
    TrackedFolder folder;
    const Answer commit = askGit(path, { "rev-parse", "--verify", "HEAD" });
    if (!commit.failure.empty()) {
        folder.failure = asUtf8(commit.failure);
        return folder;
    }
    folder.facts["track.commit"] = commit.text.substr(0, commit.text.find('\n'));
    // Of the folder alone, where it lies in a larger repository.
    const Answer status = askGit(path, { "status", "--porcelain=v1", "--untracked-files=normal", "--", "." });
    const Answer diff
        = askGit(path, { "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "HEAD", "--", "." });
    if (!status.failure.empty() || !diff.failure.empty()) {
        folder.failure = asUtf8(status.failure.empty() ? diff.failure : status.failure);
        return folder;
    }
    takeChanges(status, folder);
    if (diff.text.empty())
        return folder;
    folder.facts["track.hash"] = fingerprintOf(diff.text);
    folder.diff = asUtf8(std::string_view(diff.text).substr(0, kMostKept));
    if (diff.text.size() > kMostKept)
        folder.diff += fmt::format("\n(cut: the whole has {} bytes)\n", diff.text.size());
    return folder;
}

} // namespace nabiz::app
