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
// A lock that is held shorter is nobody's concern.
constexpr std::chrono::seconds kTellLockAfter { 3 };

} // namespace

int WriterThread::waitForLock(int tries)
{
    const auto now = Clock::now();
    if (tries == 0)
        m_lockedSince = now;
    const std::chrono::milliseconds patience = m_hurry || m_hastened ? kLastTurn : m_streams.empty() ? kBusy : kTurn;
    if (now - m_lockedSince > patience)
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(tries + 1, 10)));
    return 1;
}

void WriterThread::hasten(RunId run)
{
    m_hastened = true;
    post({ .closes = run });
}

void WriterThread::throwIfFailing() const
{
    const std::lock_guard lock(m_signal->mutex);
    if (m_lastError)
        throw StorageError(*m_lastError);
}

void WriterThread::tell(const Trouble& trouble) const
{
    if (m_options.trouble)
        m_options.trouble(trouble);
}

void WriterThread::fail(const StorageError& error)
{
    if (!std::exchange(m_failing, true)) {
        m_failingSince = Clock::now();
        m_failureTold = false;
        m_late.reset();
    }
    {
        const std::lock_guard lock(m_signal->mutex);
        m_lastError = error;
    }
    const bool isPassing = error.kind() == StorageErrorKind::Busy && Clock::now() - m_failingSince < kTellLockAfter;
    if (!isPassing && !std::exchange(m_failureTold, true))
        tell({ .kind = error.kind() == StorageErrorKind::Missing ? TroubleKind::Gone : TroubleKind::Writing,
            .text = error.what(),
            .error = error });
    if (error.kind() == StorageErrorKind::Full)
        m_checkpointer->shrink();
    std::vector<Command> kept;
    for (auto& command : m_work) {
        if (command.done)
            command.done->set_exception(std::make_exception_ptr(error));
        else
            kept.push_back(std::move(command));
    }
    m_work = std::move(kept);
}

void WriterThread::tellOver()
{
    if (!m_late)
        return;
    tell({ TroubleKind::Over, {}, *m_late });
    m_late.reset();
}

// SQLite would go on writing into a file that is no longer in its folder.
void WriterThread::checkFile() const
{
    if (fileIdentity(m_file) != m_identity)
        throw StorageError(
            StorageErrorKind::Missing, m_file.string(), "it was moved, deleted or replaced while in use");
}

// The file that is open is whole, wherever it is: it is copied through its connection.
void WriterThread::moveTo(const std::filesystem::path& file)
{
    std::error_code error;
    if (std::filesystem::exists(file, error) || error)
        throw StorageError(StorageErrorKind::Io, file.string(), error ? error.message() : "there is a file already");
    {
        SQLite::Statement copy(*m_database, "VACUUM INTO ?");
        copy.bind(1, file.string());
        copy.exec();
    }
    auto database = openForWriting(file);
    const auto before = std::exchange(m_file, file);
    try {
        open(std::move(database));
    } catch (...) { // goes on to whoever waits
        m_file = before;
        throw;
    }
}

SideContent WriterThread::unwritten()
{
    SideContent content;
    content.database = m_file.string();
    std::tie(content.device, content.inode) = m_identity;
    std::map<RunId, std::int64_t> created;
    for (const auto& [run, state] : m_streams) {
        if (state.rows().empty() || state.deleted)
            continue;
        content.streams.push_back(state.unwritten());
        created[run] = state.created;
    }
    for (const Command& command : m_work) {
        if (!command.edit)
            continue;
        content.edits.push_back(*command.edit);
        created.try_emplace(command.edit->run, 0);
    }
    for (auto& [run, time] : created) {
        try {
            if (time == 0)
                time = m_runs->created(run);
        } catch (const SQLite::Exception&) {
            continue; // an edit of another run, of which nothing can be read: the points come first
        }
        content.runs.push_back({ run, time });
    }
    return content;
}

std::optional<Trouble> WriterThread::setAside()
{
    Trouble trouble;
    std::string reason;
    try {
        throwIfFailing();
    } catch (const StorageError& error) {
        reason = error.what();
    }
    try {
        const SideContent content = unwritten();
        if (content.empty())
            return std::nullopt;
        trouble.batches = content.batches();
        trouble.place = writeSideFile(m_file, content);
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
    if (fileIdentity(m_file) == m_identity)
        return false;
    std::filesystem::path place = m_file;
    place.replace_extension("rescued-" + std::to_string(now()) + m_file.extension().string());
    const std::string gone = m_file.string();
    try {
        moveTo(place);
    } catch (const std::exception&) {
        return false; // then its points alone are set aside, which tells of it
    }
    if (!cycle())
        return false;
    tell({ TroubleKind::Moved,
        "'" + gone + "' was moved, deleted or replaced while in use: all of it is in '" + place.string() + "' now.", 0,
        place });
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
            tell(*trouble);
    }
    for (auto& [run, state] : m_streams)
        state.stream->abandon();
}

} // namespace nabiz::storage
