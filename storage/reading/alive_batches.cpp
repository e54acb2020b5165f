// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/alive_batches.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kNear = 100; // records: further ones are looked up instead of passed

} // namespace

std::vector<std::int64_t> segmentLimits(SQLite::Database& database, RunId run)
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

AliveBatches::AliveBatches(SQLite::Database& database, RunId run)
    : m_limits(segmentLimits(database, run))
    , m_query(database, "SELECT seq, batch, time, segment FROM batch WHERE run = ? AND seq >= ? ORDER BY seq")
    , m_run(run)
{
    m_query.bind(1, run);
    m_query.bind(2, std::int64_t { 0 });
}

bool AliveBatches::step()
{
    if (m_isAtEnd || !m_query.step()) {
        m_isAtEnd = true;
        return false;
    }
    if (m_query.integer(0) != ++m_seq)
        throw SQLite::Exception("batch.seq has a gap at " + std::to_string(m_seq), SQLITE_CORRUPT);
    m_batch = m_query.integer(1);
    m_time = m_query.real(2);
    const auto segment = static_cast<std::size_t>(m_query.integer(3));
    m_isAlive = m_limits.size() < 2 || segment >= m_limits.size() || m_batch < m_limits[segment];
    return true;
}

bool AliveBatches::next()
{
    while (step()) {
        if (m_isAlive)
            return true;
    }
    return false;
}

bool AliveBatches::seek(std::int64_t seq)
{
    if (seq - m_seq > kNear && !m_isAtEnd) {
        m_query.reset();
        m_query.bind(1, m_run);
        m_query.bind(2, seq);
        m_seq = seq - 1;
    }
    while (m_seq < seq && step()) { }
    return m_seq == seq && !m_isAtEnd && m_isAlive;
}

} // namespace nabiz::storage
