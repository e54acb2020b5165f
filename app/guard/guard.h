// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for runs of queue.resume: auto that were ended by no person, and has each go on in a process of its own: one
// that crashes again takes nothing with it. One at a time; waits in run(). Any thread.
#pragma once

#include "app/run/unattended.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>

namespace nabiz::app {

class Guard {
public:
    using Say = std::function<void(const std::string& line)>;

    Guard(std::filesystem::path database, Say say);

    // Until nothing is left that may go on, or a stop is requested, which ends what goes on too. True when all did, and
    // the database could be read.
    bool look(const std::stop_token& stop);
    // Looks again and again, until a stop is requested.
    void run(const std::stop_token& stop, std::chrono::milliseconds between = std::chrono::seconds(5));

private:
    std::vector<Unattended> read();
    std::optional<Unattended> next();
    void goOn(const Unattended& run, const std::stop_token& stop);

    const std::filesystem::path m_database;
    const Say m_say;
    std::set<storage::RunId> m_left; // what it has said of that it waits for a person
    std::map<storage::RunId, int> m_vain; // ended before anything of them was recorded
    std::string m_trouble; // said last of the database
};

} // namespace nabiz::app
