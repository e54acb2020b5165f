// SPDX-License-Identifier: GPL-3.0-or-later
// The ranks of one training as one of them sees them: what they agree on before anything is computed, and what they say
// to each other afterwards. Made before the run, and good for one. Training thread.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/distributed/world.h"

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

class Ranks {
public:
    virtual ~Ranks() = default;
    virtual const World& world() const = 0;
    virtual Comm& comm() = 0;
    // Throws TrainError{BadInput} on every rank, naming what differs, unless all say the same. `what` tells one
    // comparison from the next.
    virtual void compare(const std::string& what, const std::map<std::string, std::string>& facts) = 0;
    // What every rank says, in their order.
    virtual std::vector<std::string> collect(const std::string& what, const std::string& own) = 0;
};

// Meets the others, and agrees with them on `facts`. Throws TrainError, with a sentence on every rank that can still
// speak, {Library} where this LibTorch has no part for it; and Cancelled.
std::shared_ptr<Ranks> meetRanks(
    const World& world, const std::map<std::string, std::string>& facts, const std::stop_token& stop);

} // namespace nabiz::trainer
