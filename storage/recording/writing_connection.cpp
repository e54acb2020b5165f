// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/writing_connection.h"
#include "storage/recording/checkpointer.h"
#include "storage/recording/side_file.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <thread>

namespace nabiz::storage {

WritingConnection::WritingConnection(std::filesystem::path file, std::function<std::chrono::milliseconds()> patience)
    : m_file(std::move(file))
    , m_patience(std::move(patience))
{
    auto database = openForWriting(m_file); // before the checkpointer, which opens what stands
    m_checkpointer = std::make_unique<Checkpointer>(m_file);
    m_database = std::move(database);
    m_identity = fileIdentity(m_file);
    auto* const handle = m_database->getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_hook(
        handle,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<WritingConnection*>(self)->m_pages = pages;
            return SQLITE_OK;
        },
        this);
    sqlite3_busy_handler(
        handle, [](void* self, int tries) { return static_cast<WritingConnection*>(self)->waitForLock(tries); }, this);
}

WritingConnection::~WritingConnection() = default;

int WritingConnection::waitForLock(int tries)
{
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0)
        m_lockedSince = now;
    if (now - m_lockedSince > m_patience())
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(tries + 1, 10)));
    return 1;
}

bool WritingConnection::isGone() const
{
    return fileIdentity(m_file) != m_identity;
}

void WritingConnection::makeRoom()
{
    if (isGone())
        throw StorageError(
            StorageErrorKind::Missing, m_file.string(), "it was moved, deleted or replaced while in use");
    m_checkpointer->makeRoom();
}

void WritingConnection::committed(bool recording, bool durable)
{
    m_checkpointer->committed(m_pages, recording);
    if (durable)
        m_checkpointer->soon();
}

void WritingConnection::shrink()
{
    m_checkpointer->shrink();
}

// The file that is open is whole, wherever it is: it is copied through its connection.
void WritingConnection::copyTo(const std::filesystem::path& file)
{
    std::error_code error;
    if (std::filesystem::exists(file, error) || error)
        throw StorageError(StorageErrorKind::Io, file.string(), error ? error.message() : "there is a file already");
    SQLite::Statement copy(*m_database, "VACUUM INTO ?");
    copy.bind(1, file.string());
    copy.exec();
}

StorageError WritingConnection::translated(const SQLite::Exception& error) const
{
    return storageError(error, m_file, m_database.get());
}

} // namespace nabiz::storage
