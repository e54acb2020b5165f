// SPDX-License-Identifier: GPL-3.0-or-later
// Where the ranks of a training meet: the store of rank 0, or of its launcher. Here they wait for each other, compare
// what must be the same before anything is computed, and see afterwards who is left. Training thread.
#pragma once

#include "trainer/distributed/world.h"

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <map>
#include <stop_token>
#include <vector>

namespace nabiz::trainer {

// Of its store: there when a rank has failed and says so.
inline constexpr const char* kFailing = "failing";

class Rendezvous {
public:
    // Returns when all ranks are there. Throws TrainError with a sentence on every rank that can still speak, and
    // Cancelled.
    Rendezvous(World world, std::stop_token stop);

    // Throws TrainError{BadInput} on every rank, naming what differs, unless all say the same. `what` tells one
    // comparison from the next.
    void compare(const std::string& what, const std::map<std::string, std::string>& facts);
    // What every rank says.
    std::vector<std::string> collect(const std::string& what, const std::string& own);
    // After a failure: the ranks that do not answer within a moment, in words; empty when all do.
    std::string missing() const;

    const World& world() const { return m_world; }
    const std::string& ownAddress() const { return m_ownAddress; }
    const c10::intrusive_ptr<c10d::Store>& store() const { return m_store; }

private:
    void open();
    void meet();
    // Until the key is there; false when it is not in time.
    bool wait(const std::string& key, std::chrono::milliseconds time);
    std::string read(const std::string& key);
    void write(const std::string& key, const std::string& value);

    World m_world;
    std::stop_token m_stop;
    std::string m_ownAddress;
    c10::intrusive_ptr<c10d::Store> m_store;
};

} // namespace nabiz::trainer
