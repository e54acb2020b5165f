// SPDX-License-Identifier: GPL-3.0-or-later
// Stores that still grow, in folders and in the database's inbox: each look takes what has come since the one before,
// new stores too. What is stored is stored once, whoever else takes in the same meanwhile. One thread; waits for the
// recorder.
#pragma once

#include "app/interchange/store_import.h"

#include <map>
#include <memory>
#include <set>

namespace nabiz::app {

class StoreFollower {
public:
    StoreFollower(std::vector<std::filesystem::path> folders, storage::Recorder& recorder);

    // `isAll`: there is no later look, and what says no end has ended, unless its writer is known to live. What is
    // skipped is said once. Throws StorageError; the next look makes up for what was not stored.
    ImportReport look(bool isAll);

private:
    struct Followed {
        FoundStore store;
        std::unique_ptr<StoreReader> reader; // none: all of it is read the next time
        std::map<std::string, std::int64_t> points; // stored of each run, by id and path
    };

    void findNew(ImportReport& report);
    void add(const FoundStore& store);
    void read(Followed& followed, bool isAll, ImportReport& report);
    // False when somebody else has stored some of it, so that all of the store has to be read.
    bool readOnce(Followed& followed, bool isAll, ImportReport& report);
    void skip(const std::string& path, const std::string& reason, ImportReport& report);

    const std::vector<std::filesystem::path> m_folders;
    storage::Recorder& m_recorder;
    std::map<std::filesystem::path, Followed> m_stores;
    std::set<std::pair<std::string, std::string>> m_said;
};

} // namespace nabiz::app
