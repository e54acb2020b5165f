// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/local_ranks.h"

#include "app/run/environment.h"
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/distributed/meeting_socket.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <thread>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nabiz::app {

using trainer::message;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr std::chrono::seconds kFarewell { 5 }; // for which one that ends is waited for
constexpr const char* kVariables[]
    = { "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT" };

std::vector<std::string> wordsOf(const trainer::Config& config)
{
    std::vector<std::string> words { "nabiz", "rank" };
    for (const trainer::Parameter& row : trainer::parameterTable()) {
        if (!row.derived && config.value(row.key) != row.defaultValue)
            words.push_back(std::string(row.key) + "=" + trainer::toYaml(config.value(row.key)));
    }
    return words;
}

std::vector<std::string> environmentOf(const trainer::World& world, int rank)
{
    std::vector<std::string> variables;
    for (char** entry = environ; *entry; ++entry) {
        const std::string variable = *entry;
        const std::string name = variable.substr(0, variable.find('='));
        if (std::ranges::find(kVariables, name) == std::end(kVariables) && !name.starts_with("TORCHELASTIC_"))
            variables.push_back(variable);
    }
    const std::string values[] = { std::to_string(rank), std::to_string(world.size), std::to_string(rank),
        std::to_string(world.size), world.address, std::to_string(world.port) };
    for (std::size_t i = 0; i < std::size(kVariables); ++i)
        variables.push_back(std::string(kVariables[i]) + "=" + values[i]);
    return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// Between fork and exec nothing may be allocated: all is made beforehand.
pid_t startProcess(std::vector<std::string> words, std::vector<std::string> variables)
{
    const std::vector<char*> arguments = pointersTo(words);
    const std::vector<char*> environment = pointersTo(variables);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == parent)
            execve("/proc/self/exe", arguments.data(), environment.data());
        _exit(127);
    }
    if (child < 0)
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message", "The ranks cannot be started: %1"), std::strerror(errno)));
    return child;
}

std::string endText(int status)
{
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                               : "exit code " + std::to_string(WEXITSTATUS(status));
}

} // namespace

void setFromConfig(trainer::World& world, const trainer::Config& config)
{
    world.timeout = std::chrono::seconds(config.integer("hardware.rank_timeout"));
    world.program = nabizVersion();
}

LocalRanks::LocalRanks(const trainer::Config& config)
{
    m_world.size = static_cast<int>(config.integer("hardware.ranks"));
    m_world.localSize = m_world.size;
    setFromConfig(m_world, config);
    trainer::Listener listener(m_world);
    m_world.port = listener.port();
    const std::vector<std::string> words = wordsOf(config);
    for (int rank = 1; rank < m_world.size; ++rank)
        m_others.push_back(startProcess(words, environmentOf(m_world, rank)));
    m_world.listener = listener.handOver();
}

LocalRanks::~LocalRanks()
{
    const auto until = std::chrono::steady_clock::now() + kFarewell;
    for (pid_t& child : m_others) {
        while (child > 0 && waitpid(child, nullptr, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() > until)
                kill(child, SIGKILL);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
}

trainer::World LocalRanks::world()
{
    m_world.watch = [this] { watch(); };
    return m_world;
}

void LocalRanks::watch()
{
    for (std::size_t i = 0; i < m_others.size(); ++i) {
        int status = 0;
        if (m_others[i] == 0 || waitpid(m_others[i], &status, WNOHANG) != m_others[i])
            continue;
        m_others[i] = 0;
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message", "Rank %1 has ended before the training began (%2); it says why above."),
                std::to_string(i + 1), endText(status)));
    }
}

} // namespace nabiz::app
