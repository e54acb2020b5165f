// SPDX-License-Identifier: GPL-3.0-or-later
// The other ranks of a run, as processes of this program on this machine. They end with the thread that started them,
// however it ends, and at the latest with this object. On the worker's thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/distributed/world.h"

#include <sys/types.h>

#include <vector>

namespace nabiz::app {

class LocalRanks {
public:
    // Starts ranks 1 … hardware.ranks - 1. Throws TrainError.
    explicit LocalRanks(const trainer::Config& config);
    // Waits a moment for those that are about to end.
    ~LocalRanks();
    LocalRanks(const LocalRanks&) = delete;
    LocalRanks& operator=(const LocalRanks&) = delete;

    // Of rank 0; to be joined once, while this lives.
    trainer::World world();

private:
    void watch();

    trainer::World m_world;
    std::vector<pid_t> m_others; // by rank, from 1; 0 = has ended
};

// Of this rank, whoever started it: what a run's settings say of them.
void setFromConfig(trainer::World& world, const trainer::Config& config);

} // namespace nabiz::app
