// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/point_writer.h"
#include "storage/recording/run_writer.h"
#include "storage/records/message_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::size_t kChunk = 50;

// INSERT of kChunk rows, each of `fixed` values that all share and `own` ones of its own.
std::string chunkInsert(const char* into, int fixed, int own)
{
    std::string query = "INSERT INTO ";
    query += into;
    int next = fixed + 1;
    for (std::size_t row = 0; row < kChunk; ++row) {
        query += row ? ", (" : " VALUES (";
        for (int i = 1; i <= fixed; ++i)
            query.append("?").append(std::to_string(i)).append(",");
        for (int i = 0; i < own; ++i)
            query.append(i ? ",?" : "?").append(std::to_string(next++));
        query += ')';
    }
    return query;
}

} // namespace

void StreamState::take()
{
    const auto before = m_rows.size();
    stream->take(m_rows);
    const double seconds = stream->takeWaited();
    m_waits = seconds > 0;
    m_waited += seconds;
    if (deleted) {
        m_waited = 0;
        m_rows.clear();
        return;
    }
    m_lastSeq.resize(metrics.size(), -1);
    m_seqs.reserve(m_rows.size());
    for (auto row = before; row < m_rows.size(); ++row)
        number(m_rows[row]);
}

// A batch may come in several rows, as when it has more metrics than a row holds, or when an evaluation follows it:
// they share one seq as long as no metric comes twice. A batch number that comes again with the same metrics is another
// record.
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

void StreamState::tellWait(RunWriter& runs)
{
    if (m_waited <= 0 || m_waitTold > 0 || (m_waits && !closing))
        return;
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), m_waited, std::chars_format::fixed, 2).ptr;
    Event event;
    event.kind = "warning";
    event.message = NABIZ_TEXT("Message", "Training waited %1 s for the disk. Nothing was lost.");
    event.arguments = { std::string(digits.begin(), end) };
    event.text = filled(event.message, event.arguments);
    runs.addEvent(run, event);
    m_waitTold = m_waited;
}

void StreamState::markCommitted()
{
    m_waited -= std::exchange(m_waitTold, 0);
    if (m_rows.empty())
        return;
    m_segmentStored = true;
    m_committedSeq = m_seqs.back();
    m_rows.clear();
    m_seqs.clear();
}

SideRows StreamState::unwritten() const
{
    return { run, segment, m_committedSeq, metrics, m_seqs, m_rows };
}

void StreamState::setAside()
{
    m_seq = -1; // what follows begins a batch of its own
    m_rows.clear();
    m_seqs.clear();
}

PointWriter::PointWriter(SQLite::Database& database)
    : m_batch(database, "INSERT INTO batch (run, segment, seq, batch, time) VALUES (?, ?, ?, ?, ?)")
    , m_batches(database, chunkInsert("batch (run, segment, seq, batch, time)", 2, 3))
    , m_point(database, "INSERT INTO point (metric, seq, value) VALUES (?, ?, ?)")
    , m_points(database, chunkInsert("point (metric, seq, value)", 1, 2))
    , m_segment(database, "INSERT INTO segment (run, segment, first_batch, started) VALUES (?, ?, ?, ?)")
{
}

std::int64_t PointWriter::write(StreamState& state)
{
    if (state.m_rows.empty())
        return 0;
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
    return static_cast<std::int64_t>(m_firsts.size());
}

void PointWriter::writeBatches(const StreamState& state)
{
    m_firsts.clear();
    auto last = state.m_committedSeq;
    for (std::size_t i = 0; i < state.m_rows.size(); ++i) {
        if (std::exchange(last, state.m_seqs[i]) != state.m_seqs[i])
            m_firsts.push_back(i);
    }
    const auto insert = [&](HotStatement& statement, std::size_t from, std::size_t count) {
        int index = 1;
        statement.bind(index++, state.run);
        statement.bind(index++, state.segment);
        for (auto first = from; first < from + count; ++first) {
            const auto& row = state.m_rows[m_firsts[first]];
            statement.bind(index++, state.m_seqs[m_firsts[first]]);
            statement.bind(index++, row.batch);
            statement.bind(index++, row.time);
        }
        statement.run();
    };
    std::size_t done = 0;
    for (; done + kChunk <= m_firsts.size(); done += kChunk)
        insert(m_batches, done, kChunk);
    for (; done < m_firsts.size(); ++done)
        insert(m_batch, done, 1);
}

void PointWriter::writePoints(std::int64_t metric, const std::vector<Point>& points)
{
    const auto insert = [&](HotStatement& statement, std::size_t from, std::size_t count) {
        int index = 1;
        statement.bind(index++, metric);
        for (auto i = from; i < from + count; ++i) {
            statement.bind(index++, points[i].seq);
            statement.bind(index++, points[i].value);
        }
        statement.run();
    };
    std::size_t done = 0;
    for (; done + kChunk <= points.size(); done += kChunk)
        insert(m_points, done, kChunk);
    for (; done < points.size(); ++done)
        insert(m_point, done, 1);
}

} // namespace nabiz::storage
