// SPDX-License-Identifier: GPL-3.0-or-later
// The batches of a run that no later segment has superseded, one after another in the order recorded: none is held, so
// that a run may be of any length. The connection's thread; all throw SQLite::Exception.
#pragma once

#include "storage/records/records.h"
#include "storage/schema/hot_statement.h"

#include <vector>

namespace nabiz::storage {

// By segment number: the first batch that a later segment wrote again.
std::vector<std::int64_t> segmentLimits(SQLite::Database& database, RunId run);

class AliveBatches {
public:
    AliveBatches(SQLite::Database& database, RunId run);

    // Onto the next one; false at the end.
    bool next();
    // Onto that record, which lies no earlier than the last; false where it is superseded, or not there.
    bool seek(std::int64_t seq);
    double batch() const { return static_cast<double>(m_batch); }
    double time() const { return m_time; }

private:
    bool step(); // onto the next record, alive or not

    std::vector<std::int64_t> m_limits;
    HotStatement m_query;
    RunId m_run;
    std::int64_t m_seq = -1;
    std::int64_t m_batch = 0;
    double m_time = 0;
    bool m_isAlive = false;
    bool m_isAtEnd = false;
};

} // namespace nabiz::storage
