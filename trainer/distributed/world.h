// SPDX-License-Identifier: GPL-3.0-or-later
// Which of how many processes this one is, and where they meet: what torchrun, or any launcher that sets its variables,
// says of a rank. Free of LibTorch. A value; any thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace nabiz::trainer {

struct World {
    int rank = 0;
    int size = 1;
    int localRank = 0; // on this host
    int localSize = 1;
    std::string address = "127.0.0.1"; // of rank 0
    int port = 0;
    int listener = -1; // rank 0: a socket that listens at the port already, which is taken over; -1 = none
    bool storeIsThere = false; // the launcher's own: rank 0 opens none
    int restart = 0; // how often the launcher has begun them anew
    std::string launch; // the same after a restart: which launch of that launcher it is; empty = unknown
    std::string program; // its version
    std::chrono::milliseconds timeout { 120000 }; // for which a rank that stands still is waited for
    std::function<void()> watch; // called while ranks are waited for; throws when one can come no more

    std::chrono::milliseconds joinTimeout() const; // for which one that has not come is waited for
    std::string place() const { return address + ":" + std::to_string(port); }
};

// RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT; nothing where WORLD_SIZE is unset or 1.
// Throws TrainError{BadInput}.
std::optional<World> worldOfEnvironment();

} // namespace nabiz::trainer
