// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/pyramid.h"
#include "storage/reading/batch_index.h"
#include "storage/reading/pyramid_node.h"
#include "storage/reading/run_reader.h"
#include "storage/schema/hot_statement.h"

#include <bit>
#include <cmath>
#include <limits>
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

void writeColumn(SQLite::Database& database, RunId run, std::int64_t metric, const BatchColumn& column)
{
    SQLite::Statement insert(
        database, "INSERT INTO pyramid_batch (run, metric, chunk, first, batches, times) VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t first = 0; first < column.size(); first += kChunk) {
        const auto count = std::min(kChunk, column.size() - first);
        insert.bind(1, run);
        insert.bind(2, metric);
        insert.bind(3, static_cast<std::int64_t>(first / kChunk));
        insert.bind(4, column.batch(first));
        bindBlob(insert, 5, column.isContiguous() ? nullptr : column.batches().block(first / kChunk).data(),
            column.isContiguous() ? 0 : count);
        bindBlob(insert, 6, column.times().block(first / kChunk).data(), count);
        insert.exec();
        insert.reset();
    }
}

void writeChunk(SQLite::Statement& insert, std::int64_t metric, std::size_t level, std::size_t chunk, std::size_t count,
    bool wide, const void* data, std::size_t bytes)
{
    insert.bind(1, metric);
    insert.bind(2, static_cast<std::int64_t>(level));
    insert.bind(3, static_cast<std::int64_t>(chunk));
    insert.bind(4, static_cast<std::int64_t>(count));
    insert.bind(5, wide ? 1 : 0);
    bindBlob(insert, 6, static_cast<const char*>(data), bytes);
    insert.exec();
    insert.reset();
}

Node nodeOf(const BatchColumn& x, const ValueColumn& values, std::size_t first, std::size_t last)
{
    Node node { 0, 0, 0, 0, 0, kNaN, kNaN, kNaN, kNaN };
    for (auto i = first; i < last; ++i) {
        const double value = values[i];
        if (!std::isfinite(value)) {
            node[NonFinite] += 1;
            continue;
        }
        if (node[Finite] == 0 || value < node[Minimum]) {
            node[Minimum] = value;
            node[MinimumBatch] = x.batch(i);
            node[MinimumTime] = x.time(i);
        }
        if (node[Finite] == 0 || value > node[Maximum]) {
            node[Maximum] = value;
            node[MaximumBatch] = x.batch(i);
            node[MaximumTime] = x.time(i);
        }
        node[Sum] += value;
        node[Finite] += 1;
    }
    return node;
}

void writeValues(SQLite::Database& database, std::int64_t metric, const BatchColumn& x, const ValueColumn& values)
{
    SQLite::Statement insert(
        database, "INSERT INTO pyramid (metric, level, chunk, count, wide, data) VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t first = 0; first < values.size(); first += kChunk) {
        const auto chunk = first / kChunk;
        const auto count = std::min(kChunk, values.size() - first);
        if (values.isWide())
            writeChunk(
                insert, metric, 0, chunk, count, true, values.wide().block(chunk).data(), count * sizeof(double));
        else
            writeChunk(
                insert, metric, 0, chunk, count, false, values.narrow().block(chunk).data(), count * sizeof(float));
    }
    std::size_t level = 1;
    std::size_t width = kFanOut;
    while ((values.size() + width - 1) / width >= kMostNodes) {
        width *= kFanOut;
        ++level;
    }
    std::vector<Node> nodes;
    for (std::size_t first = 0; first < values.size(); first += width)
        nodes.push_back(nodeOf(x, values, first, std::min(values.size(), first + width)));
    if (!nodes.empty())
        writeChunk(insert, metric, level, 0, nodes.size(), true, nodes.data(), nodes.size() * sizeof(Node));
}

BatchColumn aliveBatches(const BatchIndex& index)
{
    BatchColumn column;
    for (std::size_t seq = 0; seq < index.size(); ++seq) {
        if (index.isAlive(seq))
            column.append(static_cast<double>(index.batch(seq)), index.time(seq));
    }
    return column;
}

void writeMetric(
    SQLite::Database& database, RunId run, std::int64_t metric, const BatchIndex& index, const BatchColumn& all)
{
    ValueColumn values;
    BatchColumn own;
    HotStatement query(database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq");
    query.bind(1, metric);
    while (query.step()) {
        const auto seq = static_cast<std::size_t>(query.integer(0));
        if (seq >= index.size() || !index.isAlive(seq))
            continue;
        values.append(query.isNull(1) ? kNaN : query.real(1));
        own.append(static_cast<double>(index.batch(seq)), index.time(seq));
    }
    // One value a batch at most: as many of both means one at each.
    const bool shared = values.size() == all.size();
    if (!shared)
        writeColumn(database, run, metric, own);
    writeValues(database, metric, shared ? all : own, values);
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
    BatchIndex index;
    index.load(database, run);
    if (index.alive() < kPyramidFrom)
        return;
    const auto all = aliveBatches(index);
    writeColumn(database, run, 0, all);
    for (const auto& metric : readMetrics(database, run))
        writeMetric(database, run, metric.id, index, all);
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
