// SPDX-License-Identifier: GPL-3.0-or-later
// Tells that a run has ended, or the queue, where the desktop shows such things: by its notification service, else by a
// tray message when there is a tray, and the window's alert. Never the only channel: the window shows it too. GUI
// thread.
#pragma once

#include "storage/records/records.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <QWidget>

class QDBusMessage;

namespace nabiz::app {

class EndNotice : public QObject {
    Q_OBJECT
public:
    explicit EndNotice(QWidget& window);

    void show(const storage::RunOverview& run, const QString& failure);
    // One run has ended so, within what goes on without a break.
    void count(storage::RunStatus status);
    // Nothing runs or waits any more: says how a queue of several came out.
    void showQueueDone();
    // Title and text as shown; for tests, and for desktops without a tray.
    static QString title(const storage::RunOverview& run);
    static QString body(const storage::RunOverview& run, const QString& failure);

private:
    struct Words {
        QString title, body;
        bool isWarning = false;
    };
    void tell(const Words& words);
    void tellTray(const Words& words);
    static QDBusMessage messageOf(const Words& words);

    QWidget& m_window;
    QSystemTrayIcon m_tray;
    int m_finished = 0, m_others = 0;
};

} // namespace nabiz::app
