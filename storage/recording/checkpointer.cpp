// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/checkpointer.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace nabiz::storage {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kEvery { 5 };
constexpr std::chrono::milliseconds kSlow { 100 };
// Pages of 4 KiB. On a slow disk the log may grow longer, since to begin it anew makes the writer wait.
constexpr int kLimit = 4'000;
constexpr int kSlowLimit = 32'000;
// A log that fills a small disk could not be copied back either: the database has no room to grow. It gets a part of
// what is free.
constexpr std::uintmax_t kPageBytes = 4096;
constexpr std::uintmax_t kShare = 4;
constexpr std::uintmax_t kLeast = 64;
constexpr int kLongest = 512'000; // where another program's reading holds it

} // namespace

Checkpointer::Checkpointer(const std::filesystem::path& file)
    : m_database(openBeside(file))
    , m_pins { openBeside(file), openBeside(file) }
    , m_folder(std::filesystem::absolute(file).parent_path())
    , m_limit(usualLimit(false))
{
    for (const auto& one : m_pins)
        sqlite3_db_config(one->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    m_thread = std::thread([this] { loop(); });
}

Checkpointer::~Checkpointer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_recording = false;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Checkpointer::committed(int pages, bool recording)
{
    {
        const std::lock_guard lock(m_mutex);
        m_pages = pages;
        m_recording = recording;
    }
    m_changed.notify_all();
    // Only a log of which a part is not yet copied can be held, and it is: this commit is newer than any pass that is
    // over.
    if (const std::unique_lock work(m_work, std::try_to_lock); work && recording && !m_pinned)
        pin();
}

void Checkpointer::makeRoom()
{
    std::unique_lock lock(m_mutex);
    if (m_pages < m_limit)
        return;
    m_release = true;
    m_wanted = true;
    const auto before = m_passes;
    m_changed.notify_all();
    // A pass that was under way did not see all; the one after it does.
    m_changed.wait(lock, [&] { return m_passes > before && !m_release; });
}

void Checkpointer::soon()
{
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = true;
    }
    m_changed.notify_all();
}

void Checkpointer::shrink()
{
    {
        const std::lock_guard lock(m_mutex);
        m_release = true;
        m_wanted = true;
    }
    m_changed.notify_all();
}

int Checkpointer::usualLimit(bool isSlow) const
{
    const int usual = isSlow ? kSlowLimit : kLimit;
    std::error_code error; // what cannot be asked is no reason
    const auto room = std::filesystem::space(m_folder, error);
    if (error)
        return usual;
    return static_cast<int>(
        std::clamp<std::uintmax_t>(room.available / kPageBytes / kShare, kLeast, static_cast<std::uintmax_t>(usual)));
}

void Checkpointer::loop()
{
    std::unique_lock lock(m_mutex);
    auto next = Clock::now() + kEvery;
    while (!m_ending) {
        const auto woken = [this] { return m_ending || m_wanted; };
        if (m_pages == m_copied)
            m_changed.wait(lock, [&] { return woken() || m_pages != m_copied; });
        m_changed.wait_until(lock, next, woken);
        lock.unlock();
        pass();
        lock.lock();
        next = Clock::now() + kEvery;
    }
    lock.unlock();
    pass();
}

void Checkpointer::pass()
{
    const std::lock_guard work(m_work);
    bool release = false;
    bool fresh = false;
    {
        const std::lock_guard lock(m_mutex);
        release = m_release || !m_recording;
        fresh = m_pages != m_copied;
        m_wanted = false;
    }
    if (release) {
        for (const auto& one : m_pins)
            one->tryExec("COMMIT");
        m_pinned = false;
    } else if (m_pinned && fresh) {
        pin();
    }
    const auto begin = Clock::now();
    int pages = -1;
    int copied = -1;
    // What fails here is tried again, and told by the writer where it concerns it.
    const int result
        = sqlite3_wal_checkpoint_v2(m_database->getHandle(), "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
    const int usual = usualLimit(Clock::now() - begin > kSlow);
    {
        const std::lock_guard lock(m_mutex);
        if (result == SQLITE_OK)
            m_copied = copied;
        if (release && (result != SQLITE_OK || copied < pages)) // it cannot begin anew now, and waiting would not help
            m_limit = std::min(kLongest, 2 * std::max(m_pages, usual));
        else
            m_limit = m_pages < usual ? usual : std::max(m_limit, usual);
        ++m_passes;
        if (release)
            m_release = false;
    }
    m_changed.notify_all();
}

// The new one first: between the two the log could begin anew.
void Checkpointer::pin()
{
    try {
        m_pins[1]->exec("BEGIN");
        m_pins[1]->execAndGet("SELECT count(*) FROM sqlite_master");
        m_pins[0]->tryExec("COMMIT");
        std::swap(m_pins[0], m_pins[1]);
        m_pinned = true;
    } catch (const SQLite::Exception&) {
        m_pins[1]->tryExec("COMMIT"); // without it the log may begin anew earlier, and nothing is lost
    }
}

} // namespace nabiz::storage
