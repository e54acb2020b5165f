// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/follow_desk.h"

#include "app/interchange/inbox/inbox_store.h"
#include "app/interchange/store_follow.h"
#include "app/run/current_failure.h"
#include "ui/text/message_text.h"

#include <QFile>

#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr auto kLookForInbox = std::chrono::milliseconds(500);

// Without folders there is nothing to do, and the database is not opened, before a script has logged something.
void awaitInbox(const fs::path& database, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    std::error_code error;
    while (!stop.stop_requested() && !fs::is_directory(inboxOf(database), error))
        woken.wait_for(lock, stop, kLookForInbox, [] { return false; });
}

bool isWithin(const fs::path& path, const QString& folder)
{
    std::error_code error; // then it is as it was written
    const auto whole = fs::weakly_canonical(QFile::encodeName(folder).toStdString(), error);
    const auto relative = path.lexically_relative(whole);
    return !relative.empty() && *relative.begin() != "..";
}

} // namespace

FollowDesk::~FollowDesk()
{
    m_thread = {}; // stops it and waits
}

void FollowDesk::open(const QString& database)
{
    m_database = database;
    restart();
}

void FollowDesk::setFolders(const QStringList& folders)
{
    m_folders.clear();
    for (const QString& folder : folders)
        m_folders.append({ .path = folder, .runs = 0, .trouble = {} });
    m_seen.clear();
    Q_EMIT followed(m_folders);
    restart();
}

void FollowDesk::restart()
{
    m_thread = {};
    if (m_database.isEmpty())
        return;
    std::vector<fs::path> folders;
    for (const auto& folder : m_folders)
        folders.emplace_back(QFile::encodeName(folder.path).toStdString());
    const auto tell = [this, number = ++m_number](auto job) {
        QMetaObject::invokeMethod(
            this,
            [this, number, job = std::move(job)] {
                if (number == m_number)
                    job();
            },
            Qt::QueuedConnection);
    };
    m_thread = std::jthread([this, tell, folders, database = fs::path(QFile::encodeName(m_database).toStdString())](
                                const std::stop_token& stop) {
        try {
            if (folders.empty())
                awaitInbox(database, stop);
            if (stop.stop_requested())
                return;
            storage::Recorder recorder(database);
            StoreFollower follower(folders, recorder);
            follower.follow(
                stop, [&](const ImportReport& report) { tell([this, report] { take(report); }); },
                [&](const std::string& why) {
                    tell([this, why] {
                        Q_EMIT failed(tr("What other programs wrote waits: %1").arg(QString::fromStdString(why)));
                    });
                });
        } catch (...) {
            tell([this, failure = currentFailure()] { Q_EMIT failed(ui::text(failure)); });
        }
    });
}

void FollowDesk::take(const ImportReport& report)
{
    QList<qint64> runs;
    bool isOther = false;
    for (const auto& line : report.runs) {
        runs.append(line.outcome.run);
        for (auto& folder : m_folders) {
            if (!isWithin(line.path, folder.path))
                continue;
            folder.runs += m_seen.emplace(folder.path, line.outcome.run).second ? 1 : 0;
            folder.trouble.clear();
            isOther = true;
        }
    }
    for (const auto& skipped : report.skipped) {
        for (auto& folder : m_folders) {
            if (folder.runs > 0 || !isWithin(skipped.path, folder.path))
                continue;
            folder.trouble = QString::fromStdString(skipped.reason);
            isOther = true;
        }
    }
    if (!runs.isEmpty())
        Q_EMIT recordsChanged(runs);
    if (isOther)
        Q_EMIT followed(m_folders);
}

} // namespace nabiz::app
