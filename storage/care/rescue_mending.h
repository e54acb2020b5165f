// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a database of rows that were saved one by one hold together again: what they refer to and was lost is put in
// its place as far as it is known from elsewhere, and what then belongs to nothing is taken out. Inside a transaction.
#pragma once

#include "storage/records/records.h"

#include <map>
#include <string>
#include <utility>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// What the indexes of the damaged database say.
struct RunTraces {
    std::map<RunId, std::string> names, statuses;
    std::map<std::int64_t, std::pair<RunId, std::string>> metrics; // by metric.id
};

struct Mended {
    std::int64_t namedRuns = 0, filledBatches = 0, homeless = 0;
};

// `mostRows`: of one run, at the most; `source`: the damaged file's name, for the runs' logs.
Mended mend(SQLite::Database& database, const RunTraces& traces, std::int64_t mostRows, const std::string& source);

} // namespace nabiz::storage
