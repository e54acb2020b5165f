// SPDX-License-Identifier: GPL-3.0-or-later
// The batches of one run in memory, by seq, so that every metric of it is read without a join: a table read once
// instead of once a metric. Knows which batches are superseded by a later segment. The connection's thread.
#pragma once

#include "storage/records/records.h"

#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

class BatchIndex {
public:
    // Reads the run's batches, or, when it holds that run already, only those that were added.
    void load(SQLite::Database& database, RunId run);

    std::size_t size() const { return m_batch.size(); }
    bool isAlive(std::size_t seq) const { return m_alive.empty() || m_alive[seq]; }
    std::int64_t batch(std::size_t seq) const { return m_batch[seq]; }
    double time(std::size_t seq) const { return m_time[seq]; }
    std::int64_t alive() const; // batches on the surviving branch
    // The same, those of one number once: an imported run has a row for each moment that a step was logged at.
    std::int64_t aliveNumbers() const;

private:
    RunId m_run = 0;
    std::size_t m_segments = 0;
    std::vector<std::int64_t> m_batch;
    std::vector<double> m_time;
    std::vector<bool> m_alive; // empty = all, as in every run that was never resumed
};

// One metric's points on the surviving branch.
Series readSeries(SQLite::Database& database, const BatchIndex& index, const Metric& metric);

} // namespace nabiz::storage
