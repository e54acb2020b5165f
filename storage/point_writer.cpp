// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/point_writer.h"

#include <chrono>

namespace nabiz::storage {

namespace {

constexpr std::size_t kChunk = 50;

std::string chunkInsert()
{
    std::string query = "INSERT INTO point (metric, seq, value) VALUES ";
    for (std::size_t row = 0; row < kChunk; ++row) {
        const auto seq = std::to_string(2 + 2 * row);
        const auto value = std::to_string(3 + 2 * row);
        query += (row ? ",(?1,?" : "(?1,?") + seq + ",?" + value + ")";
    }
    return query;
}

} // namespace

void StreamState::take()
{
    const auto before = m_rows.size();
    stream->take(m_rows);
    const double seconds = stream->takeWaited();
    waits = seconds > 0;
    waited += seconds;
    if (deleted) {
        waited = 0;
        m_rows.clear();
        return;
    }
    m_lastSeq.resize(metrics.size(), -1);
    m_seqs.reserve(m_rows.size());
    for (auto row = before; row < m_rows.size(); ++row)
        number(m_rows[row]);
}

// A batch may come in several rows, as when it has more metrics than a row holds, or when an evaluation follows it: they
// share one seq as long as no metric comes twice. A batch number that comes again with the same metrics is another record.
void StreamState::number(const Row& row)
{
    bool same = m_seq >= 0 && row.batch == m_batch;
    for (int i = 0; same && i < row.count; ++i)
        same = row.metric[i] >= m_lastSeq.size() || m_lastSeq[row.metric[i]] != m_seq;
    if (!same)
        m_seq = nextSeq++;
    m_batch = row.batch;
    for (int i = 0; i < row.count; ++i) {
        if (row.metric[i] < m_lastSeq.size())
            m_lastSeq[row.metric[i]] = m_seq;
    }
    m_seqs.push_back(m_seq);
}

void StreamState::markCommitted()
{
    if (m_rows.empty())
        return;
    m_segmentStored = true;
    m_committedSeq = m_seqs.back();
    m_rows.clear();
    m_seqs.clear();
}

PointWriter::PointWriter(SQLite::Database& database)
    : m_batch(database, "INSERT INTO batch (run, seq, segment, batch, time) VALUES (?, ?, ?, ?, ?)")
    , m_point(database, "INSERT INTO point (metric, seq, value) VALUES (?, ?, ?)")
    , m_points(database, chunkInsert())
    , m_segment(database, "INSERT INTO segment (run, segment, first_batch, started) VALUES (?, ?, ?, ?)")
{
}

void PointWriter::write(StreamState& state)
{
    if (state.m_rows.empty())
        return;
    if (!state.m_segmentStored) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        m_segment.bind(1, state.run);
        m_segment.bind(2, state.segment);
        m_segment.bind(3, state.m_rows.front().batch);
        m_segment.bind(4, std::int64_t { std::chrono::duration_cast<std::chrono::milliseconds>(now).count() });
        m_segment.run();
    }
    writeBatches(state);
    m_byMetric.resize(std::max(m_byMetric.size(), state.metrics.size()));
    for (auto& points : m_byMetric)
        points.clear();
    for (std::size_t i = 0; i < state.m_rows.size(); ++i) {
        const auto& row = state.m_rows[i];
        for (int value = 0; value < row.count; ++value) {
            if (row.metric[value] < state.metrics.size())
                m_byMetric[row.metric[value]].push_back({ state.m_seqs[i], row.value[value] });
        }
    }
    for (std::size_t metric = 0; metric < state.metrics.size(); ++metric)
        writePoints(state.metrics[metric], m_byMetric[metric]);
}

void PointWriter::writeBatches(const StreamState& state)
{
    auto last = state.m_committedSeq;
    m_batch.bind(1, state.run);
    m_batch.bind(3, state.segment);
    for (std::size_t i = 0; i < state.m_rows.size(); ++i) {
        if (state.m_seqs[i] == last)
            continue;
        last = state.m_seqs[i];
        m_batch.bind(2, last);
        m_batch.bind(4, state.m_rows[i].batch);
        m_batch.bind(5, state.m_rows[i].time);
        m_batch.run();
    }
}

void PointWriter::writePoints(std::int64_t metric, const std::vector<Point>& points)
{
    std::size_t done = 0;
    m_points.bind(1, metric);
    for (; done + kChunk <= points.size(); done += kChunk) {
        int index = 2;
        for (std::size_t i = done; i < done + kChunk; ++i) {
            m_points.bind(index++, points[i].seq);
            m_points.bind(index++, points[i].value);
        }
        m_points.run();
    }
    m_point.bind(1, metric);
    for (; done < points.size(); ++done) {
        m_point.bind(2, points[done].seq);
        m_point.bind(3, points[done].value);
        m_point.run();
    }
}

} // namespace nabiz::storage
