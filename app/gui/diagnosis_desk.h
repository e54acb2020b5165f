// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent along with a bug report, from the menu; after a crash the next start offers it, once. GUI thread; what
// reads and writes has a thread of its own.
#pragma once

#include "app/gui/process/worker.h"
#include "app/gui/settings.h"
#include "ui/window/main_window.h"

#include <QObject>

namespace nabiz::app {

class DiagnosisDesk : public QObject {
    Q_OBJECT
public:
    // Both outlive it.
    DiagnosisDesk(ui::MainWindow& window, Settings& settings);

    // `waits`: interrupted runs are offered in the same place, and go before it.
    void onOpened(const QString& database, bool waits);

private:
    void offer();
    void choose();
    void write(const QString& file);

    ui::MainWindow& m_window;
    Settings& m_settings;
    QString m_database;
    bool m_isToOffer = false;
    Worker m_worker; // last: ends before what its jobs use
};

} // namespace nabiz::app
