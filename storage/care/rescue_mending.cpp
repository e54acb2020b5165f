// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/rescue_mending.h"
#include "storage/recording/run_writer.h"
#include "storage/records/message_text.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace nabiz::storage {

namespace {

using Statement = SQLite::Statement;

constexpr const char* kLostRun = NABIZ_TEXT("Message",
    "The database %1 was damaged: what this run was called and set to could not be read there, or only in part.");
constexpr const char* kLostBatches = NABIZ_TEXT("Message",
    "The database %1 was damaged: the rows of %2 batches could not be read there. Their numbers and times are estimated "
    "from the batches around them.");

struct BatchRow {
    std::int64_t seq, segment, batch;
    double time;
};

class Mender {
public:
    Mender(SQLite::Database& database, const RunTraces& traces, std::int64_t mostRows, const std::string& source)
        : m_database(database)
        , m_traces(traces)
        , m_mostRows(mostRows)
        , m_source(source)
    {
    }
    Mended mend()
    {
        removeImpossible();
        addMetrics();
        addRuns();
        removeHomeless();
        for (const RunId run : numbers("SELECT id FROM run"))
            fillBatches(run);
        m_database.exec("INSERT OR IGNORE INTO segment (run, segment, first_batch, started) SELECT batch.run,"
                        " batch.segment, min(batch.batch), run.created FROM batch JOIN run ON run.id = batch.run"
                        " GROUP BY batch.run, batch.segment");
        return m_mended;
    }

private:
    std::vector<std::int64_t> numbers(const std::string& query);
    void removeImpossible();
    void addMetrics();
    void addRuns();
    void addRun(RunId run);
    void removeHomeless();
    void fillBatches(RunId run);
    std::int64_t lastSeq(RunId run);
    std::int64_t fill(
        RunId run, const std::optional<BatchRow>& before, const std::optional<BatchRow>& after, std::int64_t end);
    void note(RunId run, const char* message, std::vector<std::string> arguments);

    SQLite::Database& m_database;
    const RunTraces& m_traces;
    const std::int64_t m_mostRows;
    const std::string m_source;
    Mended m_mended;
};

std::vector<std::int64_t> Mender::numbers(const std::string& query)
{
    std::vector<std::int64_t> all;
    Statement statement(m_database, query);
    while (statement.executeStep())
        all.push_back(statement.getColumn(0).getInt64());
    return all;
}

void Mender::removeImpossible()
{
    for (const char* table : { "batch", "point" }) {
        Statement remove(m_database, "DELETE FROM " + std::string(table) + " WHERE seq < 0 OR seq > ?");
        remove.bind(1, m_mostRows);
        m_mended.homeless += remove.exec();
    }
}

void Mender::addMetrics()
{
    Statement add(m_database,
        "INSERT OR IGNORE INTO metric (id, run, name, unit) VALUES (?1, ?2, ?3,"
        " coalesce((SELECT unit FROM metric WHERE name = ?3 LIMIT 1), ''))");
    for (const auto& [id, metric] : m_traces.metrics) {
        add.bind(1, id);
        add.bind(2, metric.first);
        add.bind(3, metric.second);
        add.exec();
        add.reset();
    }
}

// A number that only one row names may be damaged itself.
void Mender::addRuns()
{
    std::map<RunId, int> traces;
    for (const auto& [run, name] : m_traces.names)
        traces[run] += 2;
    for (const char* table : { "metric", "segment", "batch", "run_param" }) {
        for (const RunId run : numbers("SELECT DISTINCT run FROM " + std::string(table)))
            ++traces[run];
    }
    const auto known = numbers("SELECT id FROM run ORDER BY id");
    for (const auto& [run, count] : traces) {
        if (count >= 2 && run > 0 && !std::binary_search(known.begin(), known.end(), run))
            addRun(run);
    }
}

void Mender::addRun(RunId run)
{
    const auto told = [run](const std::map<RunId, std::string>& texts, std::string otherwise) {
        const auto found = texts.find(run);
        return found == texts.end() ? std::move(otherwise) : found->second;
    };
    const auto status = runStatus(told(m_traces.statuses, "interrupted")).value_or(RunStatus::Interrupted);
    Statement add(m_database,
        "INSERT INTO run (id, name, status, created, started) SELECT ?1, ?2, ?3, time, time FROM (SELECT coalesce("
        "(SELECT min(started) FROM segment WHERE run = ?1), (SELECT min(time) FROM event WHERE run = ?1), 0) AS time)");
    add.bind(1, run);
    add.bind(2, told(m_traces.names, "run " + std::to_string(run)));
    add.bind(3, std::string(name(isLive(status) ? RunStatus::Interrupted : status)));
    add.exec();
    note(run, kLostRun, { m_source });
    ++m_mended.namedRuns;
}

void Mender::removeHomeless()
{
    for (const char* table : { "run_param", "run_fact", "metric", "segment", "batch", "event", "checkpoint", "tag",
             "run_text", "report", "queue", "imported" })
        m_mended.homeless
            += m_database.exec("DELETE FROM " + std::string(table) + " WHERE run NOT IN (SELECT id FROM run)");
    m_mended.homeless += m_database.exec("DELETE FROM point WHERE metric NOT IN (SELECT id FROM metric)");
    m_database.exec("UPDATE run SET parent = NULL WHERE parent NOT IN (SELECT id FROM run)");
}

std::int64_t Mender::lastSeq(RunId run)
{
    Statement query(m_database,
        "SELECT max(coalesce((SELECT max(seq) FROM batch WHERE run = ?1), -1), coalesce((SELECT max((SELECT seq FROM point"
        " WHERE metric = metric.id ORDER BY seq DESC LIMIT 1)) FROM metric WHERE run = ?1), -1))");
    query.bind(1, run);
    return query.executeStep() ? query.getColumn(0).getInt64() : -1;
}

// Every place of a run has its batch: what its points stand at.
void Mender::fillBatches(RunId run)
{
    const auto last = lastSeq(run);
    Statement count(m_database, "SELECT count(*) FROM batch WHERE run = ?");
    count.bind(1, run);
    if (count.executeStep() && count.getColumn(0).getInt64() == last + 1)
        return;
    std::vector<std::pair<std::optional<BatchRow>, std::optional<BatchRow>>> gaps;
    std::optional<BatchRow> before;
    Statement rows(m_database, "SELECT seq, segment, batch, time FROM batch WHERE run = ? ORDER BY seq");
    rows.bind(1, run);
    while (rows.executeStep()) {
        const BatchRow row { rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(), rows.getColumn(2).getInt64(),
            rows.getColumn(3).getDouble() };
        if (row.seq != (before ? before->seq + 1 : 0))
            gaps.emplace_back(before, row);
        before = row;
    }
    if (!before || before->seq < last)
        gaps.emplace_back(before, std::nullopt);
    std::int64_t filled = 0;
    for (const auto& [left, right] : gaps)
        filled += fill(run, left, right, right ? right->seq : last + 1);
    note(run, kLostBatches, { m_source, std::to_string(filled) });
    m_mended.filledBatches += filled;
}

std::int64_t Mender::fill(
    RunId run, const std::optional<BatchRow>& before, const std::optional<BatchRow>& after, std::int64_t end)
{
    const auto begin = before ? before->seq + 1 : 0;
    const double pace
        = before && after ? (after->time - before->time) / static_cast<double>(after->seq - before->seq) : 0.0;
    Statement add(m_database, "INSERT INTO batch (run, seq, segment, batch, time) VALUES (?, ?, ?, ?, ?)");
    for (auto seq = begin; seq < end; ++seq) {
        const auto distance = before ? seq - before->seq : 0;
        const auto batch = before ? before->batch + distance
            : after               ? std::max<std::int64_t>(0, after->batch - (end - seq))
                                  : seq;
        const double time = before ? before->time + pace * static_cast<double>(distance) : after ? after->time : 0.0;
        add.bind(1, run);
        add.bind(2, seq);
        add.bind(3, before ? before->segment : after ? after->segment : 0);
        add.bind(4, batch);
        add.bind(5, time);
        add.exec();
        add.reset();
    }
    return end - begin;
}

void Mender::note(RunId run, const char* message, std::vector<std::string> arguments)
{
    Event event;
    event.kind = "warning";
    event.message = message;
    event.arguments = std::move(arguments);
    event.text = filled(message, event.arguments);
    RunWriter(m_database).addEvent(run, event);
}

} // namespace

Mended mend(SQLite::Database& database, const RunTraces& traces, std::int64_t mostRows, const std::string& source)
{
    return Mender(database, traces, mostRows, source).mend();
}

} // namespace nabiz::storage
