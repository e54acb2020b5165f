// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/pyramid.h"
#include "storage/reading/alive_batches.h"
#include "storage/reading/pyramid_node.h"
#include "storage/reading/run_reader.h"

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

static_assert(std::endian::native == std::endian::little, "the blobs are written as they lie in memory");

namespace nabiz::storage {

namespace {

constexpr std::size_t kChunk = BlockVector<double>::kBlock;
constexpr std::size_t kFanOut = 16;
constexpr std::size_t kMostNodes = 16'384;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <typename T> void bindBlob(SQLite::Statement& statement, int index, const T* data, std::size_t count)
{
    if (count == 0)
        statement.bindNoCopy(index, "", 0); // an empty blob, not NULL
    else
        statement.bindNoCopy(index, static_cast<const void*>(data), static_cast<int>(count * sizeof(T)));
}

// A column's samples on their way: how many, and whether each batch follows the one before.
class Order {
public:
    void take(double batch)
    {
        if (m_count == 0)
            m_first = batch;
        m_isContiguous = m_isContiguous && batch == m_first + static_cast<double>(m_count);
        ++m_count;
    }
    std::size_t count() const { return m_count; }
    bool isContiguous() const { return m_isContiguous; }

private:
    double m_first = 0;
    std::size_t m_count = 0;
    bool m_isContiguous = true;
};

// Until `visit` returns false, which is returned then.
template <typename Visit> bool eachPoint(SQLite::Database& database, RunId run, std::int64_t metric, const Visit& visit)
{
    AliveBatches batches(database, run);
    HotStatement query(database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq");
    query.bind(1, metric);
    while (query.step()) {
        if (batches.seek(query.integer(0))
            && !visit(batches.batch(), batches.time(), query.isNull(1) ? kNaN : query.real(1)))
            return false;
    }
    return true;
}

std::size_t countPoints(SQLite::Database& database, std::int64_t metric)
{
    HotStatement query(database, "SELECT count(*) FROM point WHERE metric = ?");
    query.bind(1, metric);
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

// Where samples stand, a chunk at a time.
class ColumnWriter {
public:
    ColumnWriter(SQLite::Database& database, RunId run, std::int64_t metric, bool isContiguous)
        : m_insert(database,
              "INSERT INTO pyramid_batch (run, metric, chunk, first, batches, times) VALUES (?, ?, ?, ?, ?, ?)")
        , m_isContiguous(isContiguous)
    {
        m_insert.bind(1, run);
        m_insert.bind(2, metric);
    }

    void add(double batch, double time)
    {
        m_batches.push_back(batch);
        m_times.push_back(time);
        if (m_times.size() == kChunk)
            flush();
    }

    void flush()
    {
        if (m_times.empty())
            return;
        m_insert.bind(3, m_chunk++);
        m_insert.bind(4, m_batches.front());
        bindBlob(m_insert, 5, m_batches.data(), m_isContiguous ? 0 : m_batches.size());
        bindBlob(m_insert, 6, m_times.data(), m_times.size());
        m_insert.exec();
        m_insert.reset();
        m_batches.clear();
        m_times.clear();
    }

private:
    SQLite::Statement m_insert;
    bool m_isContiguous;
    std::int64_t m_chunk = 0;
    std::vector<double> m_batches, m_times;
};

void addTo(Node& node, double batch, double time, double value)
{
    if (!std::isfinite(value)) {
        node[NonFinite] += 1;
        return;
    }
    if (node[Finite] == 0 || value < node[Minimum]) {
        node[Minimum] = value;
        node[MinimumBatch] = batch;
        node[MinimumTime] = time;
    }
    if (node[Finite] == 0 || value > node[Maximum]) {
        node[Maximum] = value;
        node[MaximumBatch] = batch;
        node[MaximumTime] = time;
    }
    node[Sum] += value;
    node[Finite] += 1;
}

// The values of a metric, a chunk at a time, and the extremes of stretches of them.
class ValueWriter {
public:
    // `count`: about as many as there will be.
    ValueWriter(SQLite::Database& database, std::int64_t metric, std::size_t count, bool isWide)
        : m_insert(database, "INSERT INTO pyramid (metric, level, chunk, count, wide, data) VALUES (?, ?, ?, ?, ?, ?)")
        , m_isWide(isWide)
    {
        m_insert.bind(1, metric);
        while ((count + m_width - 1) / m_width >= kMostNodes) {
            m_width *= kFanOut;
            ++m_level;
        }
    }

    void add(double batch, double time, double value)
    {
        if (m_count++ % m_width == 0)
            m_nodes.push_back({ 0, 0, 0, 0, 0, kNaN, kNaN, kNaN, kNaN });
        addTo(m_nodes.back(), batch, time, value);
        if (m_isWide)
            m_wide.push_back(value);
        else
            m_narrow.push_back(static_cast<float>(value));
        if (m_count % kChunk == 0)
            flush();
    }

    void finish()
    {
        flush();
        if (!m_nodes.empty())
            write(m_level, 0, m_nodes.size(), true, m_nodes.data(), m_nodes.size() * sizeof(Node));
    }

private:
    void flush()
    {
        const auto count = m_wide.size() + m_narrow.size();
        if (count == 0)
            return;
        if (m_isWide)
            write(0, m_chunk++, count, true, m_wide.data(), count * sizeof(double));
        else
            write(0, m_chunk++, count, false, m_narrow.data(), count * sizeof(float));
        m_wide.clear();
        m_narrow.clear();
    }

    void write(
        std::int64_t level, std::int64_t chunk, std::size_t count, bool wide, const void* data, std::size_t bytes)
    {
        m_insert.bind(2, level);
        m_insert.bind(3, chunk);
        m_insert.bind(4, static_cast<std::int64_t>(count));
        m_insert.bind(5, wide ? 1 : 0);
        bindBlob(m_insert, 6, static_cast<const char*>(data), bytes);
        m_insert.exec();
        m_insert.reset();
    }

    SQLite::Statement m_insert;
    bool m_isWide;
    std::size_t m_width = kFanOut, m_count = 0;
    std::int64_t m_level = 1, m_chunk = 0;
    std::vector<double> m_wide;
    std::vector<float> m_narrow;
    std::vector<Node> m_nodes;
};

// False where a value needs float64 and may not have it; what was written then is of no use.
bool writeValues(
    SQLite::Database& database, RunId run, std::int64_t metric, std::size_t count, bool isWide, Order& order)
{
    ValueWriter values(database, metric, count, isWide);
    const bool fits = eachPoint(database, run, metric, [&](double batch, double time, double value) {
        order.take(batch);
        values.add(batch, time, value);
        return isWide || ValueColumn::fits(value);
    });
    values.finish();
    return fits;
}

void writeMetric(SQLite::Database& database, RunId run, std::int64_t metric, std::size_t batches)
{
    const std::size_t count = countPoints(database, metric);
    Order order;
    if (!writeValues(database, run, metric, count, false, order)) {
        SQLite::Statement drop(database, "DELETE FROM pyramid WHERE metric = ?");
        drop.bind(1, metric);
        drop.exec();
        order = {};
        writeValues(database, run, metric, count, true, order);
    }
    if (order.count() == batches) // one value a batch at most: as many of both means one at each
        return;
    ColumnWriter column(database, run, metric, order.isContiguous());
    eachPoint(database, run, metric, [&column](double batch, double time, double) {
        column.add(batch, time);
        return true;
    });
    column.flush();
}

} // namespace

void dropPyramid(SQLite::Database& database, RunId run)
{
    SQLite::Statement values(database, "DELETE FROM pyramid WHERE metric IN (SELECT id FROM metric WHERE run = ?)");
    values.bind(1, run);
    values.exec();
    SQLite::Statement columns(database, "DELETE FROM pyramid_batch WHERE run = ?");
    columns.bind(1, run);
    columns.exec();
}

bool hasPyramid(SQLite::Database& database, RunId run)
{
    SQLite::Statement query(database, "SELECT 1 FROM pyramid_batch WHERE run = ? LIMIT 1");
    query.bind(1, run);
    return query.executeStep();
}

void writePyramid(SQLite::Database& database, RunId run)
{
    dropPyramid(database, run);
    Order order;
    for (AliveBatches batches(database, run); batches.next();)
        order.take(batches.batch());
    if (order.count() < static_cast<std::size_t>(kPyramidFrom))
        return;
    ColumnWriter column(database, run, 0, order.isContiguous());
    for (AliveBatches batches(database, run); batches.next();)
        column.add(batches.batch(), batches.time());
    column.flush();
    for (const auto& metric : readMetrics(database, run))
        writeMetric(database, run, metric.id, order.count());
}

std::vector<RunId> runsWithoutPyramid(SQLite::Database& database)
{
    std::vector<RunId> runs;
    SQLite::Statement query(database,
        "SELECT run FROM summary WHERE batches >= ? AND run NOT IN (SELECT run FROM pyramid_batch) ORDER BY run DESC");
    query.bind(1, kPyramidFrom);
    while (query.executeStep())
        runs.push_back(query.getColumn(0).getInt64());
    return runs;
}

} // namespace nabiz::storage
