// SPDX-License-Identifier: GPL-3.0-or-later
// Follows, while the window is open, the database's inbox and the folders that a person chose: on a thread of its own
// with a recorder of its own, so that no order to a live run waits for it. GUI thread.
#pragma once

#include "app/interchange/store_import.h"
#include "ui/requests/followed_folder.h"

#include <QObject>
#include <QStringList>
#include <set>
#include <thread>

namespace nabiz::app {

class FollowDesk : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~FollowDesk() override;

    // From now on into this one.
    void open(const QString& database);
    void setFolders(const QStringList& folders);

Q_SIGNALS:
    void recordsChanged(const QList<qint64>& runs); // and stored
    void followed(const nabiz::ui::FollowedFolders& folders); // changed
    void failed(const QString& sentence);

private:
    void restart();
    void take(const ImportReport& report);

    QString m_database;
    ui::FollowedFolders m_folders;
    std::set<std::pair<QString, qint64>> m_seen; // folder, run
    std::jthread m_thread;
    int m_number = 0; // of the thread: what an earlier one told last is dropped
};

} // namespace nabiz::app
