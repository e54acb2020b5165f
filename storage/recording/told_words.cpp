// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/told_words.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

namespace nabiz::storage {

namespace {

using Json = nlohmann::json;

constexpr const char* kName = "name"; // as the source has it
constexpr const char* kKept = "kept"; // and as it was made free here
constexpr const char* kNote = "note";
constexpr const char* kTags = "tags";

std::string text(SQLite::Database& database, const char* sql, RunId id)
{
    SQLite::Statement query(database, sql);
    query.bind(1, id);
    return query.executeStep() ? query.getColumn(0).getString() : std::string();
}

std::vector<std::string> tagsOf(SQLite::Database& database, RunId id)
{
    std::vector<std::string> tags;
    SQLite::Statement query(database, "SELECT tag FROM tag WHERE run = ? ORDER BY position");
    query.bind(1, id);
    while (query.executeStep())
        tags.push_back(query.getColumn(0).getString());
    return tags;
}

} // namespace

ToldWords::ToldWords(SQLite::Database& database, RunWriter& runs)
    : m_database(database)
    , m_runs(runs)
{
}

std::string ToldWords::freeName(RunId id, const std::string& base, const NameChoice& choice)
{
    if (!choice)
        return base;
    SQLite::Statement query(m_database, "SELECT 1 FROM run WHERE name = ? AND id <> ? AND deleted IS NULL");
    return choice(base, [&](const std::string& name) {
        query.reset();
        query.bind(1, name);
        query.bind(2, id);
        return query.executeStep();
    });
}

void ToldWords::keep(RunId id, const ImportedRun& run, const NameChoice& choice)
{
    const auto stored = text(m_database, "SELECT cursor FROM imported WHERE run = ?", id);
    const auto before = Json::parse(stored, nullptr, false);
    auto name = text(m_database, "SELECT name FROM run WHERE id = ?", id);
    if (before.is_object()) {
        if (before.value(kName, run.name) != run.name && before.value(kKept, std::string()) == name) {
            name = freeName(id, run.name, choice);
            m_runs.rename(id, name);
        }
        if (const auto told = before.value(kNote, run.note);
            told != run.note && told == text(m_database, "SELECT note FROM run WHERE id = ?", id))
            m_runs.setNote(id, run.note);
        if (const auto told = before.value(kTags, run.tags); told != run.tags && told == tagsOf(m_database, id))
            m_runs.setTags(id, run.tags);
    }
    // A name that a person gave stays theirs, whatever the source says later.
    const bool isOurs = !before.is_object() || before.value(kName, run.name) != run.name;
    const Json now { { kName, run.name }, { kKept, isOurs ? name : before.value(kKept, name) }, { kNote, run.note },
        { kTags, run.tags } };
    const auto text = now.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text == stored)
        return;
    SQLite::Statement update(m_database, "UPDATE imported SET cursor = ? WHERE run = ?");
    update.bind(1, text);
    update.bind(2, id);
    update.exec();
}

} // namespace nabiz::storage
