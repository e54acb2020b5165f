// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/rescue.h"
#include "storage/care/page_trees.h"
#include "storage/care/rescue_mending.h"
#include "storage/schema/database.h"
#include "storage/schema/migrations.h"
#include "storage/schema/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::array kDerived { "summary", "pyramid", "pyramid_batch" };

void bind(SQLite::Statement& statement, int place, const CellValue& value)
{
    switch (value.type) {
    case CellValue::Null:
        statement.bind(place);
        break;
    case CellValue::Integer:
        statement.bind(place, value.integer);
        break;
    case CellValue::Real:
        statement.bind(place, value.real);
        break;
    case CellValue::Text:
        statement.bind(place, value.bytes);
        break;
    case CellValue::Blob:
        statement.bind(place, value.bytes.data(), static_cast<int>(value.bytes.size()));
        break;
    }
}

// The rows of one table into the new database; what is there twice is kept once.
class TableFiller {
public:
    TableFiller(SQLite::Database& database, const TableShape& shape)
        : m_database(database)
        , m_shape(shape)
        , m_statements(shape.columns.size() + 1)
    {
    }
    void add(const PageCell& cell)
    {
        auto& statement = m_statements.at(cell.values.size());
        if (!statement)
            statement = prepare(cell.values.size());
        for (std::size_t i = 0; i < cell.values.size(); ++i) {
            if (m_shape.columns[i].isRowid)
                statement->bind(static_cast<int>(i) + 1, cell.rowid);
            else
                bind(*statement, static_cast<int>(i) + 1, cell.values[i]);
        }
        try {
            statement->exec();
        } catch (const SQLite::Exception& error) {
            if (error.getErrorCode() != SQLITE_CONSTRAINT)
                throw;
            ++m_refused;
        }
        statement->tryReset();
    }
    std::int64_t refused() const { return m_refused; }

private:
    // Rows of earlier versions are shorter: what is missing is the column's default.
    std::unique_ptr<SQLite::Statement> prepare(std::size_t count) const
    {
        std::string names, places;
        for (std::size_t i = 0; i < count; ++i) {
            names += (i == 0 ? "\"" : ", \"") + m_shape.columns[i].name + '"';
            places += i == 0 ? "?" : ", ?";
        }
        return std::make_unique<SQLite::Statement>(
            m_database, "INSERT OR IGNORE INTO " + m_shape.table + " (" + names + ") VALUES (" + places + ")");
    }

    SQLite::Database& m_database;
    const TableShape& m_shape;
    std::vector<std::unique_ptr<SQLite::Statement>> m_statements; // by number of columns
    std::int64_t m_refused = 0;
};

class Rescuer {
public:
    Rescuer(const fs::path& damaged, const fs::path& aside, const std::stop_token& stop)
        : m_file(damaged)
        , m_path(damaged)
        , m_aside(aside)
        , m_stop(stop)
        , m_new(aside.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
    {
    }
    std::optional<Rescue> run();

private:
    int versionOf() const;
    void fill(PageTrees& trees, const std::vector<TableShape>& shapes);
    void collectTraces(PageTrees& trees, const std::vector<TableShape>& shapes);
    void refuseNothing(const PageTrees& trees);
    void count(const PageTrees& trees, const std::vector<TableShape>& shapes);

    const PageFile m_file;
    const fs::path m_path, m_aside;
    const std::stop_token m_stop;
    SQLite::Database m_new;
    RunTraces m_traces;
    Rescue m_done;
    std::vector<std::int64_t> m_refused; // by shape
};

// A header that is damaged does not say it; then a row's own length does.
int Rescuer::versionOf() const
{
    const int known = schemaVersion();
    const auto& header = m_file.header();
    if (header.isWhole && header.application == kApplicationId && header.version > known)
        throw newerError(m_path, header.version);
    return header.isWhole && header.version >= 1 && header.version <= known ? header.version : known;
}

std::optional<Rescue> Rescuer::run()
{
    const int version = versionOf();
    const auto steps = migrations();
    // It is thrown away where it does not come to its end.
    m_new.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
    migrate(m_new, steps.first(static_cast<std::size_t>(version) - 1));
    SQLite::Database first(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(first, steps.first(0));
    const auto shapes = tableShapes(m_new, first);

    PageTrees trees(m_file, shapes, m_stop);
    const bool isMarked = m_file.header().isWhole && m_file.header().application == kApplicationId;
    if (!isMarked && trees.isForeign())
        throw StorageError(StorageErrorKind::ForeignDatabase, m_path.string(), {});
    {
        SQLite::Transaction transaction(m_new);
        fill(trees, shapes);
        transaction.commit();
    }
    if (m_stop.stop_requested())
        return std::nullopt;
    collectTraces(trees, shapes);
    migrate(m_new);
    refuseNothing(trees);
    {
        SQLite::Transaction transaction(m_new);
        // A row takes eight bytes at least: a place further back is none.
        const auto mended
            = mend(m_new, m_traces, static_cast<std::int64_t>(m_file.size() / 8), m_path.filename().string());
        m_done.namedRuns = mended.namedRuns;
        m_done.filledBatches = mended.filledBatches;
        m_done.homeless = mended.homeless;
        transaction.commit();
    }
    if (const std::string found = m_new.execAndGet("PRAGMA integrity_check(1)").getString(); found != "ok")
        throw StorageError(StorageErrorKind::Io, m_aside.string(), found);
    count(trees, shapes);
    return m_done;
}

void Rescuer::fill(PageTrees& trees, const std::vector<TableShape>& shapes)
{
    m_refused.assign(shapes.size(), 0);
    for (std::size_t i = 0; i < shapes.size() && !m_stop.stop_requested(); ++i) {
        if (shapes[i].isIndex || std::find(kDerived.begin(), kDerived.end(), shapes[i].name) != kDerived.end())
            continue;
        TableFiller filler(m_new, shapes[i]);
        trees.visit(i, [&filler](const PageCell& cell) { filler.add(cell); });
        m_refused[i] = filler.refused();
    }
}

// The indexes say a second time what some columns hold.
void Rescuer::collectTraces(PageTrees& trees, const std::vector<TableShape>& shapes)
{
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (shapes[i].name == "run_name")
            trees.visit(
                i, [this](const PageCell& cell) { m_traces.names[cell.values[1].integer] = cell.values[0].bytes; });
        else if (shapes[i].name == "run_status")
            trees.visit(
                i, [this](const PageCell& cell) { m_traces.statuses[cell.values[1].integer] = cell.values[0].bytes; });
        else if (shapes[i].name == "sqlite_autoindex_metric_1")
            trees.visit(i, [this](const PageCell& cell) {
                m_traces.metrics[cell.values[2].integer] = { cell.values[0].integer, cell.values[1].bytes };
            });
    }
}

void Rescuer::refuseNothing(const PageTrees& trees)
{
    const auto rows = m_new.execAndGet("SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM metric)").getInt64();
    const bool isMarked = m_file.header().isWhole && m_file.header().application == kApplicationId;
    if (rows == 0 && m_traces.names.empty() && !(isMarked && trees.knowsRoots()))
        throw StorageError(StorageErrorKind::NotADatabase, m_path.string(), "nothing of Nabız's can be read in it");
}

void Rescuer::count(const PageTrees& trees, const std::vector<TableShape>& shapes)
{
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (shapes[i].isIndex || std::find(kDerived.begin(), kDerived.end(), shapes[i].name) != kDerived.end())
            continue;
        const auto rows = m_new.execAndGet("SELECT count(*) FROM " + shapes[i].table).getInt64();
        m_done.tables.push_back({ shapes[i].name, rows, trees.loss(i).pages, trees.loss(i).rows + m_refused.at(i) });
        if (shapes[i].name == "run")
            m_done.runs = rows;
        else if (shapes[i].name == "point")
            m_done.points = rows;
    }
    m_done.strayPages = trees.strayPages();
}

} // namespace

bool Rescue::isWhole() const
{
    return strayPages == 0 && namedRuns == 0 && filledBatches == 0 && homeless == 0
        && std::all_of(tables.begin(), tables.end(),
            [](const RescuedTable& table) { return table.lostPages == 0 && table.lostRows == 0; });
}

std::optional<Rescue> rescue(const fs::path& damaged, const fs::path& aside, const std::stop_token& stop)
{
    std::optional<Rescue> done;
    try {
        done = Rescuer(damaged, aside, stop).run();
    } catch (const SQLite::Exception& error) {
        throw storageError(error, aside, nullptr); // the damaged one is not opened as a database
    }
    if (done)
        done->bytes = static_cast<std::int64_t>(fs::file_size(aside));
    return done;
}

} // namespace nabiz::storage
