// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_store.h"
#include "storage/reading/batch_index.h"
#include "storage/reading/pyramid.h"
#include "storage/reading/queue_reader.h"
#include "storage/reading/run_reader.h"
#include "storage/recording/take_in.h"
#include "storage/records/metric_aliases.h"
#include "storage/records/run_words.h"
#include "storage/schema/database.h"
#include "storage/schema/hot_statement.h"
#include "storage/schema/migrations.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nabiz::storage {

namespace {

std::optional<RunDetail> readDetail(const RunStore& store, SQLite::Database& database, RunId id, bool asPreview)
{
    SQLite::Transaction snapshot(database); // all of it as of one moment
    auto overview = store.run(id);
    if (!overview)
        return std::nullopt;
    RunDetail detail { std::move(*overview), store.parameters(id), {}, store.events(id), store.checkpoints(id) };
    const bool preview = asPreview && hasPyramid(database, id);
    for (const auto& metric : store.metrics(id))
        detail.series.push_back(preview ? readPreview(database, metric) : store.series(id, metric));
    return detail;
}

} // namespace

class RunStore::Private {
public:
    explicit Private(const std::filesystem::path& path);

    template <typename Function> auto guarded(const Function& function) const
    {
        try {
            return function(*database);
        } catch (const SQLite::Exception& error) {
            throw storageError(error, file, database.get());
        }
    }

    const BatchIndex& batches(RunId run)
    {
        index.load(*database, run);
        return index;
    }

    const std::filesystem::path file;
    RunStore::Opened opened;
    const std::unique_ptr<SQLite::Database> database;
    BatchIndex index; // of the run that was read last
    // The common column of the run that was read last, as long as no other connection has written.
    std::pair<RunId, int> sharedOf;
    std::shared_ptr<const BatchColumn> shared;
};

RunStore::Private::Private(const std::filesystem::path& path)
    : file(path)
    , opened { .waiting = takeIn(path).waiting }
    , database(openForReading(path))
{
    opened.schemaVersion
        = guarded([](auto& connection) { return connection.execAndGet("PRAGMA user_version").getInt(); });
    opened.isNewer = opened.schemaVersion > schemaVersion();
}

RunStore::RunStore(const std::filesystem::path& file)
    : m_private(std::make_unique<Private>(file))
{
}

RunStore::~RunStore() = default;
RunStore::RunStore(RunStore&&) noexcept = default;

const RunStore::Opened& RunStore::opened() const
{
    return m_private->opened;
}

std::vector<RunOverview> RunStore::runs() const
{
    return m_private->guarded([](auto& database) { return readRuns(database); });
}

std::vector<TrashedRun> RunStore::trash() const
{
    return m_private->guarded([](auto& database) { return readTrash(database); });
}

std::vector<RunId> RunStore::trashedIds() const
{
    return m_private->guarded([](auto& database) {
        std::vector<RunId> ids;
        SQLite::Statement query(
            database, "SELECT id FROM run WHERE deleted IS NOT NULL ORDER BY deleted DESC, id DESC");
        while (query.executeStep())
            ids.push_back(query.getColumn(0).getInt64());
        return ids;
    });
}

std::optional<RunOverview> RunStore::run(RunId id) const
{
    return m_private->guarded([id](auto& database) -> std::optional<RunOverview> {
        auto runs = readRuns(database, { .only = id });
        return runs.empty() ? std::nullopt : std::optional(std::move(runs.front()));
    });
}

std::optional<RunId> RunStore::find(const std::string& idOrName) const
{
    return m_private->guarded([&](auto& database) { return findRun(database, idOrName); });
}

std::vector<Parameter> RunStore::parameters(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readParameters(database, run); });
}

ParameterTable RunStore::parameterTable(std::optional<RunId> only, bool trash) const
{
    return m_private->guarded(
        [&](auto& database) { return readParameterTable(database, { .only = only, .trash = trash }); });
}

std::vector<Metric> RunStore::metrics(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readMetrics(database, run); });
}

Series RunStore::series(RunId run, const Metric& metric) const
{
    return m_private->guarded([&](auto& database) { return readSeries(database, m_private->batches(run), metric); });
}

std::vector<Event> RunStore::events(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readEvents(database, run); });
}

std::vector<Checkpoint> RunStore::checkpoints(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readCheckpoints(database, run); });
}

std::vector<Segment> RunStore::segments(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readSegments(database, run); });
}

QueueState RunStore::queue() const
{
    return m_private->guarded([](auto& database) {
        SQLite::Transaction snapshot(database);
        return readQueue(database);
    });
}

std::vector<ImportedSource> RunStore::imported() const
{
    return m_private->guarded([](auto& database) { return readImported(database); });
}

std::vector<WrittenReport> RunStore::reports(RunId run) const
{
    return m_private->guarded([run](auto& database) { return readReports(database, run); });
}

std::vector<SeriesFigures> RunStore::figures(RunId run) const
{
    return m_private->guarded([&](auto& database) {
        SQLite::Transaction snapshot(database);
        const bool isPacked = hasPyramid(database, run);
        // Of a run that was resumed, some points are superseded; which, only its batches tell.
        const bool isWhole = readSegments(database, run).size() < 2;
        std::vector<SeriesFigures> all;
        for (const auto& metric : readMetrics(database, run))
            all.push_back(isPacked ? packedFigures(database, metric)
                                   : readFigures(database, isWhole ? nullptr : &m_private->batches(run), metric));
        return all;
    });
}

std::optional<RunDetail> RunStore::detail(RunId id) const
{
    return m_private->guarded([&](auto& database) { return readDetail(*this, database, id, false); });
}

std::optional<RunDetail> RunStore::outline(RunId id) const
{
    return m_private->guarded([&](auto& database) { return readDetail(*this, database, id, true); });
}

std::optional<PackedSeries> RunStore::packed(RunId id, const std::string& name) const
{
    return m_private->guarded([&](auto& database) -> std::optional<PackedSeries> {
        SQLite::Transaction snapshot(database);
        const auto all = metrics(id);
        const auto named = [&](std::string_view sought) {
            return std::ranges::find(all, sought, [](const Metric& m) { return std::string_view(m.name); });
        };
        auto metric = named(name);
        for (const std::string_view alias : aliasesOf(name))
            metric = metric == all.end() ? named(alias) : metric;
        if (metric == all.end())
            return std::nullopt;
        auto& shared = m_private->shared;
        const std::pair now(id, database.execAndGet("PRAGMA data_version").getInt());
        if (std::exchange(m_private->sharedOf, now) != now)
            shared = nullptr;
        if (auto packed = readPacked(database, id, *metric, shared))
            return packed;
        auto rows = series(id, *metric);
        if (rows.value.empty())
            return std::nullopt;
        return PackedSeries { *metric, std::make_shared<BatchColumn>(rows.batch, rows.time), ValueColumn(rows.value),
            {} };
    });
}

void RunStore::history(
    RunId run, const std::vector<Metric>& metrics, const std::function<void(const HistoryRow&)>& row) const
{
    m_private->guarded([&](auto& database) {
        SQLite::Transaction snapshot(database);
        const auto& index = m_private->batches(run);
        // One cursor a metric, all moving forward together.
        std::vector<std::unique_ptr<HotStatement>> cursors;
        std::vector<std::int64_t> at(metrics.size());
        constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
        const auto advance = [&](std::size_t i) { at[i] = cursors[i]->step() ? cursors[i]->integer(0) : kEnd; };
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            cursors.push_back(
                std::make_unique<HotStatement>(database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq"));
            cursors[i]->bind(1, metrics[i].id);
            advance(i);
        }
        HistoryRow current;
        for (std::size_t seq = 0; seq < index.size(); ++seq) {
            current.batch = index.batch(seq);
            current.time = index.time(seq);
            current.values.assign(metrics.size(), std::nullopt);
            for (std::size_t i = 0; i < metrics.size(); ++i) {
                if (at[i] != static_cast<std::int64_t>(seq))
                    continue;
                current.values[i]
                    = cursors[i]->isNull(1) ? std::numeric_limits<double>::quiet_NaN() : cursors[i]->real(1);
                advance(i);
            }
            if (index.isAlive(seq))
                row(current);
        }
    });
}

std::string RunStore::check() const
{
    return m_private->guarded([](auto& database) { return integrityOf(database); });
}

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

} // namespace nabiz::storage
