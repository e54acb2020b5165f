// SPDX-License-Identifier: GPL-3.0-or-later
// What the writer does when the database cannot be written: says so, sets aside what has come, goes on elsewhere.
#include "storage/recording/side_file.h"
#include "storage/recording/writer_thread.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::chrono::milliseconds kLastTries { 700 };
constexpr std::chrono::milliseconds kBetweenTries { 50 };
// How long a lock of another program is waited for: while points come, rather in turns.
constexpr std::chrono::milliseconds kTurn { 500 };
constexpr std::chrono::milliseconds kLastTurn { 200 };
// What is not in the database, of the streams and the commands.
SideContent unwrittenOf(const std::map<RunId, StreamState>& streams, const std::vector<WriterThread::Command>& work,
    const WritingConnection& connection, const RunWriter& runs)
{
    SideContent content;
    content.database = connection.file().string();
    std::tie(content.device, content.inode) = connection.identity();
    std::map<RunId, std::int64_t> created;
    for (const auto& [run, state] : streams) {
        if (state.rows().empty() || state.deleted)
            continue;
        content.streams.push_back(state.unwritten());
        created[run] = state.created;
    }
    for (const WriterThread::Command& command : work) {
        if (!command.edit)
            continue;
        content.edits.push_back(*command.edit);
        created.try_emplace(command.edit->run, 0);
    }
    for (auto& [run, time] : created) {
        try {
            if (time == 0)
                time = runs.created(run);
        } catch (const SQLite::Exception&) {
            continue; // an edit of another run, of which nothing can be read: the points come first
        }
        content.runs.push_back({ run, time });
    }
    return content;
}

} // namespace

std::chrono::milliseconds WriterThread::patience() const
{
    return m_hurry || m_hastened ? kLastTurn : m_streams.empty() ? kBusy : kTurn;
}

void WriterThread::hasten(RunId run)
{
    m_hastened = true;
    post({ .closes = run });
}

void WriterThread::fail(const StorageError& error)
{
    m_trouble.failed(error);
    if (error.kind() == StorageErrorKind::Full)
        m_connection->shrink();
    std::vector<Command> kept;
    for (auto& command : m_work) {
        if (command.done)
            command.done->set_exception(std::make_exception_ptr(error));
        else
            kept.push_back(std::move(command));
    }
    m_work = std::move(kept);
}

void WriterThread::moveTo(const std::filesystem::path& file)
{
    m_connection->copyTo(file);
    open(file);
}

std::optional<Trouble> WriterThread::setAside()
{
    Trouble trouble;
    std::string reason;
    try {
        m_trouble.throwIfFailing();
    } catch (const StorageError& error) {
        reason = error.what();
    }
    try {
        const SideContent content = unwrittenOf(m_streams, m_work, *m_connection, m_writers->runs);
        if (content.empty())
            return std::nullopt;
        trouble.batches = content.batches();
        trouble.place = writeSideFile(m_connection->file(), content);
        trouble.kind = TroubleKind::SetAside;
        trouble.text = std::to_string(trouble.batches) + " batches wait in '" + trouble.place.string()
            + "', and the next command on this database brings them in. " + reason;
    } catch (const std::exception& error) { // told, with what is lost by it
        trouble.kind = TroubleKind::Lost;
        trouble.text
            = std::to_string(trouble.batches) + " batches could be written nowhere. " + reason + " " + error.what();
        return trouble;
    }
    for (auto& [run, state] : m_streams)
        state.setAside();
    std::erase_if(m_work, [](const Command& command) { return command.edit.has_value(); });
    m_isAside = true;
    return trouble;
}

std::optional<Trouble> WriterThread::secure()
{
    if (cycle())
        return std::nullopt;
    for (auto& [run, state] : m_streams)
        state.take();
    return setAside();
}

// A file that was deleted or moved away is still open, and all of it goes to a new place beside.
bool WriterThread::rescue()
{
    if (!m_connection->isGone())
        return false;
    const std::filesystem::path gone = m_connection->file();
    std::filesystem::path place = gone;
    place.replace_extension("rescued-" + std::to_string(now()) + gone.extension().string());
    try {
        moveTo(place);
    } catch (const std::exception&) {
        return false; // then its points alone are set aside, which tells of it
    }
    if (!cycle())
        return false;
    m_trouble.tell({ TroubleKind::Moved,
        "'" + gone.string() + "' was moved, deleted or replaced while in use: all of it is in '" + place.string()
            + "' now.",
        0, place });
    return true;
}

// The last rows. Where they cannot be written for a while, they are set aside.
void WriterThread::end()
{
    for (auto& [run, state] : m_streams)
        state.closing = true;
    const auto deadline = Clock::now() + kLastTries;
    bool isWritten = cycle();
    while (!isWritten && Clock::now() < deadline) {
        std::this_thread::sleep_for(kBetweenTries);
        isWritten = cycle();
    }
    if (!isWritten && !rescue()) {
        if (const auto trouble = setAside())
            m_trouble.tell(*trouble);
    }
    for (auto& [run, state] : m_streams)
        state.stream->abandon();
}

} // namespace nabiz::storage
