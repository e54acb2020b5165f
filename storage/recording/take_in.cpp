// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/take_in.h"
#include "storage/recording/derived.h"
#include "storage/recording/run_writer.h"
#include "storage/recording/side_file.h"
#include "storage/recording/stream_start.h"
#include "storage/records/message_text.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <optional>
#include <set>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

using Statement = SQLite::Statement;

// A lock of another program is not waited for: the next one who opens the database tries again.
constexpr std::chrono::milliseconds kTakeInBusy { 300 };
constexpr const char* kMark
    = NABIZ_TEXT("Message", "%1 batches that could not be written at the time were brought in from %2.");

class Taker {
public:
    Taker(SQLite::Database& database, const SideContent& content, std::string name)
        : m_database(database)
        , m_runs(database)
        , m_content(content)
        , m_name(std::move(name))
    {
    }

    // Inside a transaction. False: no run of it is here.
    bool take();
    std::int64_t batches() const { return m_batches; }

private:
    bool isHere(const SideRun& run);
    bool isMarked(RunId run);
    void addRows(const SideRows& stream);
    std::int64_t shiftOf(const SideRows& stream);
    void takeRun(RunId run);

    SQLite::Database& m_database;
    RunWriter m_runs;
    const SideContent& m_content;
    const std::string m_name;
    std::int64_t m_batches = 0;
};

bool Taker::isHere(const SideRun& run)
{
    Statement query(m_database, "SELECT 1 FROM run WHERE id = ? AND created = ?");
    query.bind(1, run.run);
    query.bind(2, run.created);
    return query.executeStep();
}

bool Taker::isMarked(RunId run)
{
    Statement query(m_database, "SELECT 1 FROM event WHERE run = ? AND message = ? AND instr(arguments, ?) > 0");
    query.bind(1, run);
    query.bind(2, std::string(kMark));
    query.bind(3, m_name);
    return query.executeStep();
}

// Another program may have gone on with the run: then these come behind its rows.
std::int64_t Taker::shiftOf(const SideRows& stream)
{
    const auto first = std::max(stream.seqs.front(), stream.stored + 1);
    Statement query(m_database, "SELECT 1 FROM batch WHERE run = ? AND seq BETWEEN ? AND ?");
    query.bind(1, stream.run);
    query.bind(2, first);
    query.bind(3, stream.seqs.back());
    return query.executeStep() ? nextSeq(m_database, stream.run) - first : 0;
}

void Taker::addRows(const SideRows& stream)
{
    if (stream.rows.empty())
        return;
    Statement segment(
        m_database, "INSERT OR IGNORE INTO segment (run, segment, first_batch, started) VALUES (?, ?, ?, ?)");
    segment.bind(1, stream.run);
    segment.bind(2, stream.segment);
    segment.bind(3, stream.rows.front().batch);
    segment.bind(4, now());
    segment.exec();
    const auto shift = shiftOf(stream);
    Statement batch(m_database, "INSERT INTO batch (run, segment, seq, batch, time) VALUES (?, ?, ?, ?, ?)");
    Statement point(m_database, "INSERT INTO point (metric, seq, value) VALUES (?, ?, ?)");
    std::optional<std::int64_t> last;
    for (std::size_t i = 0; i < stream.rows.size(); ++i) {
        const Row& row = stream.rows[i];
        const bool isStored = stream.seqs[i] <= stream.stored; // its batch has been begun in the database
        const auto seq = stream.seqs[i] + (isStored ? 0 : shift);
        if (!isStored && std::exchange(last, seq) != seq) {
            batch.reset();
            batch.bind(1, stream.run);
            batch.bind(2, stream.segment);
            batch.bind(3, seq);
            batch.bind(4, row.batch);
            batch.bind(5, row.time);
            batch.exec();
            ++m_batches;
        }
        for (int value = 0; value < row.count; ++value) {
            if (row.metric[value] >= stream.metrics.size())
                continue;
            point.reset();
            point.bind(1, stream.metrics[row.metric[value]]);
            point.bind(2, seq);
            point.bind(3, row.value[value]);
            point.exec();
        }
    }
}

void Taker::takeRun(RunId run)
{
    dropSummary(m_database, run);
    const auto before = m_batches;
    for (const SideRows& stream : m_content.streams) {
        if (stream.run == run)
            addRows(stream);
    }
    for (const RunEdit& edit : m_content.edits) {
        if (edit.run == run)
            apply(edit, m_runs, true);
    }
    Event mark;
    mark.kind = "log";
    mark.message = kMark;
    mark.arguments = { std::to_string(m_batches - before), m_name };
    mark.text = filled(kMark, mark.arguments);
    m_runs.addEvent(run, mark);
    refreshSummary(m_database, run);
}

bool Taker::take()
{
    bool known = false;
    for (const SideRun& run : m_content.runs) {
        if (!isHere(run))
            continue;
        known = true;
        if (!isMarked(run.run))
            takeRun(run.run);
    }
    return known;
}

} // namespace

TakenIn takeIn(const fs::path& path)
{
    const fs::path file = resolved(path);
    TakenIn taken;
    std::error_code error; // where no database is, none is made
    if (const auto size = fs::file_size(file, error); error || size == 0)
        return taken;
    std::unique_ptr<SQLite::Database> database;
    for (const fs::path& one : findSideFiles(file)) {
        auto side = SideFile::open(one);
        if (!side)
            continue;
        const SideContent content = side->read();
        if (!isOf(content, one, file))
            continue;
        try {
            if (!database) {
                database = openForWriting(file, kTakeInBusy);
                // The log may be what filled the disk; another program at work on it is no hindrance.
                database->tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            // It is removed behind this, so it must be on the disk itself.
            database->exec("PRAGMA synchronous = FULL");
            SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
            Taker taker(*database, content, one.filename().string());
            // Of a database that has been put in the place of ours no run is here: it waits for its own.
            if (!taker.take() && std::pair(content.device, content.inode) != fileIdentity(file))
                continue;
            transaction.commit();
            side->remove();
            taken.batches += taker.batches();
        } catch (const SQLite::Exception& error) {
            taken.waiting = std::to_string(content.batches()) + " batches wait in '" + one.string()
                + "': " + storageError(error, file, database.get()).what();
        } catch (const std::exception& error) {
            taken.waiting
                = std::to_string(content.batches()) + " batches wait in '" + one.string() + "': " + error.what();
        }
    }
    return taken;
}

} // namespace nabiz::storage
