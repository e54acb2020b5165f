// SPDX-License-Identifier: GPL-3.0-or-later
// The guard of interrupted runs, as the window asks for it: put in, asked for and taken away on a thread of its own,
// since systemctl may take its time. Offers to set it up when a run is started that counts on it. GUI thread.
#pragma once

#include "app/gui/process/worker.h"
#include "ui/dialogs/guard_dialog.h"
#include "ui/window/main_window.h"

#include <QObject>
#include <QPointer>
#include <functional>

namespace nabiz::app {

class GuardDesk : public QObject {
    Q_OBJECT
public:
    explicit GuardDesk(ui::MainWindow& window);

    void setDatabase(const QString& file);

private:
    void open();
    void offer(const ui::StartRequest& request);
    // Carries it out, and shows how things stand then.
    void order(std::function<void()> job);

    ui::MainWindow& m_window;
    QString m_database;
    bool m_wasOffered = false; // once a start of the program
    QPointer<ui::GuardDialog> m_dialog;
    Worker m_worker; // last: ends before what its jobs use
};

} // namespace nabiz::app
