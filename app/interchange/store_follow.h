// SPDX-License-Identifier: GPL-3.0-or-later
// Stores that still grow, in folders and in the database's inbox: each look takes what has come since the one before,
// new stores too. What is stored is stored once, whoever else takes in the same meanwhile. One thread; waits for the
// recorder.
#pragma once

#include "app/interchange/folder_watch.h"
#include "app/interchange/store_import.h"
#include "app/interchange/stores/living_writers.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace nabiz::app {

class StoreFollower {
public:
    StoreFollower(std::vector<std::filesystem::path> folders, storage::Recorder& recorder);

    // All that is there by now. What is skipped is said once. Throws StorageError; the next look makes up for what was
    // not stored.
    ImportReport look();
    // Looks whenever something changes, until the stop. `trouble`: the database cannot be written for a while, and what
    // came waits in its files; told once.
    void follow(const std::stop_token& stop, const std::function<void(const ImportReport&)>& told,
        const std::function<void(const std::string&)>& trouble);

private:
    struct Followed {
        FoundStore store;
        std::unique_ptr<StoreReader> reader; // none: all of it is read the next time
        std::map<std::string, std::int64_t> points; // stored of each run, by id and path
        bool isNew = true; // not looked at yet
    };
    // A run whose writer lives, or is presumed to: with it the run ends.
    struct Living {
        storage::ImportedRun run; // without figures
        bool tellsEnds = false;
        double heard = storage::kNoWallTime;
    };

    ImportReport lookAt(const FolderWatch::Changes& changes, bool isLast, const std::stop_token& stop);
    void findNew(ImportReport& report);
    void add(const FoundStore& store);
    void read(Followed& followed, bool isLast, ImportReport& report);
    // False when somebody else has stored some of it, so that all of the store has to be read.
    bool readOnce(Followed& followed, bool isLast, ImportReport& report);
    void judge(storage::ImportedRun& run, const std::string& key);
    void judgeLiving(ImportReport& report);
    void skip(const std::string& path, const std::string& reason, ImportReport& report);

    const std::vector<std::filesystem::path> m_folders;
    storage::Recorder& m_recorder;
    std::map<std::filesystem::path, Followed> m_stores;
    std::map<std::string, Living> m_living; // by source, id and path
    LivingWriters m_writers;
    std::set<std::pair<std::string, std::string>> m_said;
};

} // namespace nabiz::app
