// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/batch_index.h"

#include "storage/reading/alive_batches.h"

#include <algorithm>
#include <limits>

namespace nabiz::storage {

void BatchIndex::load(SQLite::Database& database, RunId run)
{
    const auto limit = segmentLimits(database, run);
    if (run != m_run || limit.size() != m_segments) {
        *this = {};
        m_run = run;
        m_segments = limit.size();
    }
    const bool resumed = limit.size() > 1;
    HotStatement query(database, "SELECT seq, batch, time, segment FROM batch WHERE run = ? AND seq >= ? ORDER BY seq");
    query.bind(1, run);
    query.bind(2, static_cast<std::int64_t>(m_batch.size()));
    while (query.step()) {
        const auto seq = static_cast<std::size_t>(query.integer(0));
        const auto batch = query.integer(1);
        if (seq != m_batch.size())
            throw SQLite::Exception("batch.seq has a gap at " + std::to_string(m_batch.size()), SQLITE_CORRUPT);
        m_batch.push_back(batch);
        m_time.push_back(query.real(2));
        if (resumed) {
            const auto segment = static_cast<std::size_t>(query.integer(3));
            m_alive.push_back(segment >= limit.size() || batch < limit[segment]);
        }
    }
}

std::int64_t BatchIndex::alive() const
{
    if (m_alive.empty())
        return static_cast<std::int64_t>(m_batch.size());
    return std::count(m_alive.begin(), m_alive.end(), true);
}

std::int64_t BatchIndex::aliveNumbers() const
{
    std::vector<std::int64_t> numbers;
    for (std::size_t seq = 0; seq < m_batch.size(); ++seq) {
        if (isAlive(seq) && (numbers.empty() || numbers.back() != m_batch[seq]))
            numbers.push_back(m_batch[seq]);
    }
    std::sort(numbers.begin(), numbers.end());
    return std::unique(numbers.begin(), numbers.end()) - numbers.begin();
}

Series readSeries(SQLite::Database& database, const BatchIndex& index, const Metric& metric)
{
    Series series;
    series.metric = metric;
    HotStatement query(database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq");
    query.bind(1, metric.id);
    while (query.step()) {
        const auto seq = static_cast<std::size_t>(query.integer(0));
        if (seq >= index.size())
            break; // written since the index was read
        if (!index.isAlive(seq))
            continue;
        series.batch.push_back(static_cast<double>(index.batch(seq)));
        series.time.push_back(index.time(seq));
        series.value.push_back(query.isNull(1) ? std::numeric_limits<double>::quiet_NaN() : query.real(1));
    }
    return series;
}

} // namespace nabiz::storage
