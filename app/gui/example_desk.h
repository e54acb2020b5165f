// SPDX-License-Identifier: GPL-3.0-or-later
// What there is to look at before one has trained anything: the database of examples, trained when it is first opened,
// and the reported run beside one's own. GUI thread.
#pragma once

#include "app/gui/controller_thread.h"
#include "app/gui/run_editor.h"
#include "ui/window/main_window.h"

#include <QObject>

namespace nabiz::app {

class ExampleDesk : public QObject {
    Q_OBJECT
public:
    // All outlive it.
    ExampleDesk(ui::MainWindow& window, const ui::RunCatalog& catalog, ControllerThread& thread, RunEditor& editor);

    void onOpened(const QString& database);

private:
    void openExamples();
    void showReportedRun();

    ui::MainWindow& m_window;
    const ui::RunCatalog& m_catalog;
    ControllerThread& m_thread;
    RunEditor& m_editor;
    QString m_awaited; // the examples' database, once it is open
};

} // namespace nabiz::app
