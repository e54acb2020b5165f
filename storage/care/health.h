// SPDX-License-Identifier: GPL-3.0-or-later
// How a database is: what SQLite says of it, and whether it and the folder of its checkpoints say the same. Nothing is
// written or brought in, and nothing is made that is not there. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::storage {

struct HealthItem {
    std::string name;
    std::int64_t bytes = 0;
};

struct Health {
    int schema = 0;
    int knownSchema = 0; // this program's
    std::int64_t runs = 0; // outside of the trash
    std::string check; // "ok" or what is wrong
    bool isQuick = false; // the file is so large that its indexes were not gone through, nor the references
    std::int64_t brokenReferences = 0;
    std::string firstBroken; // its table
    std::vector<HealthItem> rowsWithoutFolder; // checkpoints
    std::vector<HealthItem> foldersWithoutRow; // of runs that do not train now
    std::vector<HealthItem> keptCopies; // of earlier versions
    std::vector<HealthItem> waiting; // side files; the bytes are the file's
    std::int64_t waitingBatches = 0;
    std::int64_t checkpointBytes = 0; // of the newest one; 0: there is none
};

// Throws StorageError where it cannot be opened, or is none of Nabız's.
Health examineHealth(const std::filesystem::path& database);

} // namespace nabiz::storage
