// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/world.h"

#include "trainer/base/train_error.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include <unistd.h>

namespace nabiz::trainer {

namespace {

constexpr int kMostRanks = 1024;
// A client that is earlier than the server backs off for seconds: a shorter time fails by that alone.
constexpr std::chrono::seconds kShortestJoin { 30 };

std::string text(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

int number(const char* name, int least, int most, int otherwise)
{
    const std::string given = text(name);
    if (given.empty())
        return otherwise;
    int value = 0;
    const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (error != std::errc() || end != given.data() + given.size() || value < least || value > most)
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "%1 is '%2'; it takes a whole number from %3 to %4."), name, given,
                std::to_string(least), std::to_string(most)));
    return value;
}

// torchrun's agent is our parent as long as it lives: with its start it tells this launch from any other.
std::string launchOf()
{
    const std::string parent = std::to_string(getppid());
    std::ifstream file("/proc/" + parent + "/stat");
    std::string stat { std::istreambuf_iterator<char>(file), {} };
    const auto name = stat.rfind(')');
    if (name == std::string::npos)
        return {};
    std::string_view rest = std::string_view(stat).substr(name + 1);
    constexpr int kStartTime = 20; // the 22nd field, of which the name was the second
    for (int i = 0; i < kStartTime && rest.find(' ') != std::string_view::npos; ++i)
        rest.remove_prefix(rest.find(' ') + 1);
    return text("TORCHELASTIC_RUN_ID") + "/" + parent + "/" + std::string(rest.substr(0, rest.find(' ')));
}

} // namespace

std::chrono::milliseconds World::joinTimeout() const
{
    return std::max<std::chrono::milliseconds>(kShortestJoin, 5 * timeout);
}

std::optional<World> worldOfEnvironment()
{
    World world;
    world.size = number("WORLD_SIZE", 1, kMostRanks, 1);
    if (world.size == 1)
        return std::nullopt;
    if (text("RANK").empty() || text("MASTER_ADDR").empty() || text("MASTER_PORT").empty())
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "WORLD_SIZE is %1, but RANK, MASTER_ADDR or MASTER_PORT is not set: start it by torchrun, or "
                        "unset WORLD_SIZE."),
                std::to_string(world.size)));
    world.rank = number("RANK", 0, world.size - 1, 0);
    world.localSize = number("LOCAL_WORLD_SIZE", 1, world.size, 1);
    world.localRank = number("LOCAL_RANK", 0, world.size - 1, 0);
    world.address = text("MASTER_ADDR");
    world.port = number("MASTER_PORT", 1, 65535, 29500);
    world.storeIsThere = text("TORCHELASTIC_USE_AGENT_STORE") == "True";
    world.restart = number("TORCHELASTIC_RESTART_COUNT", 0, 1000000, 0);
    if (world.storeIsThere)
        world.launch = launchOf();
    return world;
}

} // namespace nabiz::trainer
