// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/run_words.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace nabiz::storage {

void writeText(SQLite::Database& database, RunId run, const std::string& name, const std::string& text)
{
    if (text.empty()) {
        SQLite::Statement remove(database, "DELETE FROM run_text WHERE run = ? AND name = ?");
        remove.bind(1, run);
        remove.bind(2, name);
        remove.exec();
        return;
    }
    SQLite::Statement write(
        database, "INSERT OR REPLACE INTO run_text (run, name, text) SELECT id, ?, ? FROM run WHERE id = ?");
    write.bind(1, name);
    write.bind(2, text);
    write.bind(3, run);
    write.exec();
}

void writeReport(SQLite::Database& database, const WrittenReport& report)
{
    SQLite::Statement write(database,
        "INSERT INTO report (run, folder, language, written, version) SELECT id, ?, ?, ?, ? FROM run WHERE id = ?");
    write.bind(1, report.folder);
    write.bind(2, report.language);
    write.bind(3, report.written);
    write.bind(4, report.version);
    write.bind(5, report.run);
    write.exec();
}

void readTexts(SQLite::Database& database, std::optional<RunId> only,
    const std::function<void(RunId, std::string name, std::string text)>& found)
{
    SQLite::Statement query(
        database, std::string("SELECT run, name, text FROM run_text") + (only ? " WHERE run = ?" : ""));
    if (only)
        query.bind(1, *only);
    while (query.executeStep())
        found(query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString());
}

std::vector<WrittenReport> readReports(SQLite::Database& database, RunId run)
{
    std::vector<WrittenReport> reports;
    SQLite::Statement query(
        database, "SELECT folder, language, written, version FROM report WHERE run = ? ORDER BY id DESC");
    query.bind(1, run);
    while (query.executeStep()) {
        reports.push_back({ run, query.getColumn(0).getString(), query.getColumn(1).getString(),
            query.getColumn(2).getInt64(), query.getColumn(3).getString() });
    }
    return reports;
}

std::vector<ImportedSource> readImported(SQLite::Database& database)
{
    std::vector<ImportedSource> all;
    SQLite::Statement query(database, "SELECT run, source, original, path FROM imported ORDER BY run");
    while (query.executeStep())
        all.push_back({ query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
            query.getColumn(3).getString() });
    return all;
}

std::vector<Segment> readSegments(SQLite::Database& database, RunId run)
{
    std::vector<Segment> segments;
    SQLite::Statement query(
        database, "SELECT segment, first_batch, started FROM segment WHERE run = ? ORDER BY segment");
    query.bind(1, run);
    while (query.executeStep()) {
        segments.push_back(
            { query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64() });
    }
    return segments;
}

} // namespace nabiz::storage
