// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/run_writer.h"
#include "storage/reading/pyramid.h"
#include "storage/recording/derived.h"
#include "storage/records/run_words.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>

namespace nabiz::storage {

namespace {

using Statement = SQLite::Statement;

template <typename... Values>
Statement prepared(SQLite::Database& database, const std::string& query, const Values&... values)
{
    Statement statement(database, query);
    int index = 0;
    (statement.bind(++index, values), ...);
    return statement;
}

template <typename... Values> int execute(SQLite::Database& database, const std::string& query, const Values&... values)
{
    return prepared(database, query, values...).exec();
}

std::int64_t single(SQLite::Database& database, const char* query, RunId run)
{
    auto statement = prepared(database, query, run);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

void bindOptional(Statement& statement, int index, const std::optional<std::int64_t>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

// One line for people: facts named "versions", or version.LIBRARY and the like.
std::string versions(const std::map<std::string, std::string>& facts)
{
    std::string line;
    for (const auto& [key, value] : facts) {
        if (key == "versions")
            return value;
        if (key.find("version") != std::string::npos)
            line += (line.empty() ? "" : ", ") + key + " " + value;
    }
    return line;
}

} // namespace

std::int64_t now()
{
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

RunWriter::RunWriter(SQLite::Database& database)
    : m_database(database)
{
}

RunId RunWriter::add(const Run& run, const std::vector<Parameter>& parameters, const NameChoice& freeName)
{
    const auto isTaken = [this](const std::string& name) {
        return prepared(m_database, "SELECT 1 FROM run WHERE name = ? AND deleted IS NULL", name).executeStep();
    };
    Statement insert(m_database,
        "INSERT INTO run (name, why, status, source, preset, preset_text, parent, command, created, started, ended,"
        " planned_batches, seed, failure, note, host, boot, pid, process_start, starred, run_group)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, freeName ? freeName(run.name, isTaken) : run.name);
    insert.bind(2, run.why);
    insert.bind(3, std::string(name(run.status)));
    insert.bind(4, run.source);
    insert.bind(5, run.preset);
    insert.bind(6, run.presetText);
    bindOptional(insert, 7, run.parent);
    insert.bind(8, run.command);
    insert.bind(9, run.created ? run.created : now());
    bindOptional(insert, 10, run.started);
    bindOptional(insert, 11, run.ended);
    insert.bind(12, run.plannedBatches);
    insert.bind(13, run.seed);
    insert.bind(14, run.failure);
    insert.bind(15, run.note);
    const bool ours = isLive(run.status);
    insert.bind(16, ours ? m_process.host : std::string());
    insert.bind(17, ours ? m_process.boot : std::string());
    insert.bind(18, ours ? m_process.pid : 0);
    insert.bind(19, ours ? m_process.start : 0);
    insert.bind(20, run.starred ? 1 : 0);
    insert.bind(21, run.group);
    insert.exec();
    const RunId id = m_database.getLastInsertRowid();
    for (const auto& parameter : parameters) {
        execute(m_database, "INSERT INTO run_param (run, key, declared, applied) VALUES (?, ?, ?, ?)", id,
            parameter.key, parameter.declared, parameter.applied);
    }
    addFacts(id, run.facts);
    setTags(id, run.tags);
    for (const auto& [what, text] : run.texts)
        setText(id, what, text);
    if (!ours)
        refreshSummary(m_database, id);
    return id;
}

void RunWriter::setStatus(RunId run, RunStatus status, const std::string& failure, std::int64_t when)
{
    const std::string text(name(status));
    if (!isLive(status)) {
        execute(m_database,
            "UPDATE run SET status = ?, failure = ?, ended = iif(status IN " + liveStates()
                + ", ?, coalesce(ended, ?)) WHERE id = ?",
            text, failure, when, when, run);
    } else {
        execute(m_database,
            "UPDATE run SET status = ?, failure = ?, ended = NULL, deleted = NULL, host = ?, boot = ?, pid = ?, process_start = ? WHERE id = ?",
            text, failure, m_process.host, m_process.boot, m_process.pid, m_process.start, run);
        if (status != RunStatus::Queued)
            setStarted(run, when);
    }
}

void RunWriter::setProcess(RunId run, const ProcessIdentity& process)
{
    execute(m_database, "UPDATE run SET host = ?, boot = ?, pid = ?, process_start = ? WHERE id = ?", process.host,
        process.boot, process.pid, process.start, run);
}

void RunWriter::setStarted(RunId run, std::int64_t when)
{
    execute(m_database, "UPDATE run SET started = ? WHERE id = ? AND started IS NULL", when, run);
}

std::int64_t RunWriter::created(RunId run) const
{
    return single(m_database, "SELECT created FROM run WHERE id = ?", run);
}

void RunWriter::setPrepared(RunId run, const std::vector<Parameter>& applied,
    const std::map<std::string, std::string>& facts, std::int64_t plannedBatches)
{
    execute(m_database, "UPDATE run SET planned_batches = ? WHERE id = ?", plannedBatches, run);
    if (!exists(run))
        return;
    for (const auto& parameter : applied) {
        execute(m_database,
            "INSERT INTO run_param (run, key, declared, applied) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (run, key) DO UPDATE SET applied = excluded.applied",
            run, parameter.key, parameter.declared, parameter.applied);
    }
    addFacts(run, facts);
}

void RunWriter::addFacts(RunId run, const std::map<std::string, std::string>& facts)
{
    for (const auto& [key, value] : facts)
        execute(m_database, "INSERT OR REPLACE INTO run_fact (run, key, value) VALUES (?, ?, ?)", run, key, value);
    if (const auto line = versions(facts); !line.empty())
        setField("UPDATE run SET versions = ? WHERE id = ?", run, line);
    if (const auto host = facts.find("host"); host != facts.end())
        setField("UPDATE run SET host = ? WHERE id = ?", run, host->second);
}

void RunWriter::addEvent(RunId run, const Event& event)
{
    const auto arguments
        = nlohmann::json(event.arguments).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    execute(m_database,
        "INSERT INTO event (run, kind, batch, time, text, message, arguments)"
        " SELECT id, ?, ?, ?, ?, ?, ? FROM run WHERE id = ?",
        event.kind, event.batch, event.time ? event.time : now(), event.text, event.message, arguments, run);
}

void RunWriter::addCheckpoint(RunId run, const Checkpoint& checkpoint)
{
    // The trainer keeps the latest alone: those before go with their folders.
    auto older = prepared(m_database, "SELECT batch, folder FROM checkpoint WHERE run = ?", run);
    std::vector<std::int64_t> gone;
    while (older.executeStep()) {
        std::error_code error; // what cannot be looked at may come back
        if (!std::filesystem::exists(older.getColumn(1).getString(), error) && !error)
            gone.push_back(older.getColumn(0).getInt64());
    }
    for (const auto batch : gone)
        removeCheckpoint(run, batch);
    execute(m_database,
        "INSERT OR REPLACE INTO checkpoint (run, batch, folder, bytes) SELECT id, ?, ?, ? FROM run WHERE id = ?",
        checkpoint.batch, checkpoint.folder, checkpoint.bytes, run);
}

void RunWriter::removeCheckpoint(RunId run, std::int64_t batch)
{
    execute(m_database, "DELETE FROM checkpoint WHERE run = ? AND batch = ?", run, batch);
}

void RunWriter::setField(const char* query, RunId run, const std::string& text)
{
    execute(m_database, query, text, run);
}

void RunWriter::rename(RunId run, const std::string& name)
{
    setField("UPDATE run SET name = ? WHERE id = ?", run, name);
}

void RunWriter::setWhy(RunId run, const std::string& why)
{
    setField("UPDATE run SET why = ? WHERE id = ?", run, why);
}

void RunWriter::setNote(RunId run, const std::string& note)
{
    setField("UPDATE run SET note = ? WHERE id = ?", run, note);
}

void RunWriter::setText(RunId run, const std::string& name, const std::string& text)
{
    writeText(m_database, run, name, text);
}

void RunWriter::addReport(const WrittenReport& report)
{
    writeReport(m_database, report);
}

void RunWriter::setTags(RunId run, const std::vector<std::string>& tags)
{
    execute(m_database, "DELETE FROM tag WHERE run = ?", run);
    std::int64_t position = 0;
    for (const auto& tag : tags) {
        execute(m_database, "INSERT INTO tag (run, position, tag) SELECT id, ?, ? FROM run WHERE id = ?", position++,
            tag, run);
    }
}

void RunWriter::setStarred(RunId run, bool starred)
{
    execute(m_database, "UPDATE run SET starred = ? WHERE id = ?", starred ? 1 : 0, run);
}

bool RunWriter::putInTrash(RunId run)
{
    const bool isDone = execute(m_database,
                            "UPDATE run SET deleted = ? WHERE id = ? AND deleted IS NULL"
                            " AND status NOT IN "
                                + liveStates(),
                            now(), run)
        > 0;
    if (isDone)
        execute(m_database, "DELETE FROM queue WHERE run = ?", run);
    return isDone;
}

void RunWriter::restore(RunId run)
{
    execute(m_database, "UPDATE run SET deleted = NULL WHERE id = ?", run);
}

void RunWriter::remove(RunId run)
{
    // The large tables first and whole, since a cascade goes row by row.
    dropPyramid(m_database, run);
    execute(m_database, "DELETE FROM point WHERE metric IN (SELECT id FROM metric WHERE run = ?)", run);
    execute(m_database, "DELETE FROM batch WHERE run = ?", run);
    execute(m_database, "DELETE FROM run WHERE id = ?", run);
}

bool RunWriter::exists(RunId run) const
{
    return single(m_database, "SELECT 1 FROM run WHERE id = ?", run) == 1;
}

} // namespace nabiz::storage
