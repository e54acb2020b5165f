// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/column_file.h"

#include "storage/reading/column_cache.h"
#include "storage/reading/pyramid_node.h"

#include <charconv>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace nabiz::storage {

namespace {

constexpr std::size_t kLongEnough = 4'000'000;

// Of blobs, one after another, into the file; false at the first that cannot be written.
template <typename Visit> bool copyBlobs(SQLite::Statement& query, int column, ColumnWriting& file, const Visit& visit)
{
    for (; query.executeStep();) {
        const SQLite::Column blob = query.getColumn(column);
        const std::string_view bytes(
            static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes()));
        visit(bytes);
        if (!file.write(bytes))
            return false;
    }
    return true;
}

// Whether none of the numbers is smaller than the one before it.
class Rising {
public:
    void take(std::string_view bytes)
    {
        for (std::size_t at = 0; at + sizeof(double) <= bytes.size(); at += sizeof(double)) {
            double value = 0;
            std::memcpy(&value, bytes.data() + at, sizeof value);
            m_rises = m_rises && value >= m_last;
            m_last = value;
        }
    }
    bool rises() const { return m_rises; }

private:
    double m_last = -std::numeric_limits<double>::infinity();
    bool m_rises = true;
};

// Says which state of which run it is.
ColumnKey keyOf(SQLite::Database& database, RunId run, std::int64_t metric)
{
    ColumnKey key;
    key.add(database.getFilename());
    key.add(run);
    key.add(metric);
    SQLite::Statement query(database, "SELECT created, coalesce(ended, 0) FROM run WHERE id = ?");
    query.bind(1, run);
    if (query.executeStep()) {
        key.add(query.getColumn(0).getInt64());
        key.add(query.getColumn(1).getInt64());
    }
    return key;
}

void addBlobs(ColumnKey& key, SQLite::Statement& query)
{
    while (query.executeStep()) {
        const SQLite::Column blob = query.getColumn(0);
        key.add(std::string_view(static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())));
    }
}

RunId runOf(SQLite::Database& database, std::int64_t metric)
{
    SQLite::Statement query(database, "SELECT run FROM metric WHERE id = ?");
    query.bind(1, metric);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

} // namespace

std::size_t mappedFrom()
{
    std::size_t from = kLongEnough;
    if (const char* const written = std::getenv("NABIZ_MAPPED_FROM"))
        std::from_chars(written, written + std::strlen(written), from);
    return from;
}

std::optional<ValueColumn> mappedValues(SQLite::Database& database, const Metric& metric, std::string& note)
{
    SQLite::Statement shape(database,
        "SELECT coalesce(sum(count), 0), coalesce(min(wide), 0), coalesce(max(wide), 0) FROM pyramid"
        " WHERE metric = ? AND level = 0");
    shape.bind(1, metric.id);
    shape.executeStep();
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(0, shape.getColumn(0).getInt64()));
    const bool isWide = shape.getColumn(2).getInt() != 0;
    if (count < mappedFrom() || (shape.getColumn(1).getInt() != 0) != isWide)
        return std::nullopt;
    // The extremes of all stretches tell one column from another.
    ColumnKey key = keyOf(database, runOf(database, metric.id), metric.id);
    SQLite::Statement nodes(database, "SELECT data FROM pyramid WHERE metric = ? AND level > 0 ORDER BY level, chunk");
    nodes.bind(1, metric.id);
    addBlobs(key, nodes);
    const ColumnHeader header { .width = isWide ? 8U : 4U, .count = count };
    const auto file = cachedColumns(key, header, note, [&](ColumnWriting& writing, ColumnHeader&) {
        SQLite::Statement query(database, "SELECT data FROM pyramid WHERE metric = ? AND level = 0 ORDER BY chunk");
        query.bind(1, metric.id);
        return copyBlobs(query, 0, writing, [](std::string_view) {});
    });
    if (!file)
        return std::nullopt;
    return isWide ? ValueColumn(BlockVector<double>(file->bytes, kColumnsBegin, count))
                  : ValueColumn(BlockVector<float>(file->bytes, kColumnsBegin, count));
}

std::shared_ptr<const BatchColumn> mappedBatches(
    SQLite::Database& database, RunId run, std::int64_t metric, std::string& note)
{
    SQLite::Statement shape(database,
        "SELECT coalesce(sum(length(times)), 0) / 8, coalesce(sum(length(batches)), 0) / 8 FROM pyramid_batch"
        " WHERE run = ? AND metric = ?");
    shape.bind(1, run);
    shape.bind(2, metric);
    shape.executeStep();
    const auto count = static_cast<std::size_t>(shape.getColumn(0).getInt64());
    const auto batches = static_cast<std::size_t>(shape.getColumn(1).getInt64());
    if (count < mappedFrom() || (batches != 0 && batches != count))
        return nullptr;
    ColumnKey key = keyOf(database, run, metric);
    SQLite::Statement last(
        database, "SELECT times FROM pyramid_batch WHERE run = ? AND metric = ? ORDER BY chunk DESC LIMIT 1");
    last.bind(1, run);
    last.bind(2, metric);
    addBlobs(key, last);
    const ColumnHeader header { .width = 8, .count = count, .second = batches };
    const auto file = cachedColumns(key, header, note, [&](ColumnWriting& writing, ColumnHeader& made) {
        Rising times, numbers;
        SQLite::Statement query(
            database, "SELECT first, times, batches FROM pyramid_batch WHERE run = ? AND metric = ? ORDER BY chunk");
        query.bind(1, run);
        query.bind(2, metric);
        if (!query.executeStep())
            return false;
        made.first = query.getColumn(0).getDouble();
        query.reset();
        if (!copyBlobs(query, 1, writing, [&times](std::string_view bytes) { times.take(bytes); }))
            return false;
        query.reset();
        const bool isWhole
            = batches == 0 || copyBlobs(query, 2, writing, [&numbers](std::string_view bytes) { numbers.take(bytes); });
        made.timesRise = times.rises();
        made.batchesRise = numbers.rises();
        return isWhole;
    });
    if (!file)
        return nullptr;
    BlockVector<double> numbers;
    if (batches > 0)
        numbers = BlockVector<double>(file->bytes, kColumnsBegin + count * sizeof(double), batches);
    return std::make_shared<BatchColumn>(file->header.first, std::move(numbers),
        BlockVector<double>(file->bytes, kColumnsBegin, count),
        BatchColumn::Order { file->header.batchesRise != 0, file->header.timesRise != 0 });
}

} // namespace nabiz::storage
