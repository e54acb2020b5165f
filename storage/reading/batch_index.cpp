// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/batch_index.h"
#include "storage/schema/hot_statement.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

// By segment number: the first batch that a later segment wrote again.
std::vector<std::int64_t> limits(SQLite::Database& database, RunId run)
{
    std::vector<std::int64_t> firsts;
    HotStatement query(database, "SELECT segment, first_batch FROM segment WHERE run = ? ORDER BY segment");
    query.bind(1, run);
    while (query.step()) {
        firsts.resize(static_cast<std::size_t>(std::max<std::int64_t>(query.integer(0), 0)), kAll);
        firsts.push_back(query.integer(1));
    }
    auto lowest = kAll;
    for (auto segment = firsts.size(); segment-- > 0;)
        lowest = std::min(std::exchange(firsts[segment], lowest), lowest);
    return firsts;
}

} // namespace

void BatchIndex::load(SQLite::Database& database, RunId run)
{
    const auto limit = limits(database, run);
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
