// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says and offers when the disk fails or the database goes, and whether it may close meanwhile: not
// before all that was recorded is kept somewhere, or given up. GUI thread.
#pragma once

#include "app/gui/controller_thread.h"
#include "app/gui/live_feed.h"
#include "ui/window/main_window.h"

#include <QObject>

namespace nabiz::app {

class TroubleDesk : public QObject {
    Q_OBJECT
public:
    TroubleDesk(ui::MainWindow& window, LiveFeed& feed, ControllerThread& thread, QObject* parent = nullptr);

    void setDatabase(const QString& file) { m_database = file; }
    // What was recorded waits in memory: the window closes by itself once it is kept, or asks.
    bool keepsOpen() const { return m_diskTrouble && !m_mayLose; }
    void secureAndClose();

private:
    void onTrouble(const storage::Trouble& trouble);
    void onSecured(qint64 lost, const QString& reason);

    ui::MainWindow& m_window;
    ControllerThread& m_thread;
    QString m_database;
    bool m_diskTrouble = false;
    bool m_mayLose = false; // nothing waits that is not kept elsewhere, or the user gives it up
};

} // namespace nabiz::app
