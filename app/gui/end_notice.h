// SPDX-License-Identifier: GPL-3.0-or-later
// Tells that a run has ended where the desktop shows such things: a tray message when there is a tray, and the window's
// alert. Never the only channel: the window shows it too. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <QWidget>

namespace nabiz::app {

class EndNotice : public QObject {
    Q_OBJECT
public:
    explicit EndNotice(QWidget& window);

    void show(const storage::RunOverview& run, const QString& failure);
    // Title and text as shown; for tests, and for desktops without a tray.
    static QString title(const storage::RunOverview& run);
    static QString body(const storage::RunOverview& run, const QString& failure);

private:
    QWidget& m_window;
    QSystemTrayIcon m_tray;
};

} // namespace nabiz::app
