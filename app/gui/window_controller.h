// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the window to what does its work: its requests go to the run commands, the library, the sample reader and the
// report desk, and what these tell goes into the catalog and back to the window. GUI thread; nothing here waits.
#pragma once

#include "app/gui/diagnosis_desk.h"
#include "app/gui/end_notice.h"
#include "app/gui/example_desk.h"
#include "app/gui/follow_desk.h"
#include "app/gui/guard_desk.h"
#include "app/gui/library.h"
#include "app/gui/live_feed.h"
#include "app/gui/readers/chart_file_writer.h"
#include "app/gui/readers/draft_reader.h"
#include "app/gui/readers/import_reader.h"
#include "app/gui/readers/reference_reader.h"
#include "app/gui/report_desk.h"
#include "app/gui/run_commands.h"
#include "app/gui/run_editor.h"
#include "app/gui/sample_desk.h"
#include "app/gui/settings.h"
#include "app/gui/trouble_desk.h"
#include "app/gui/weights_desk.h"
#include "ui/models/run_catalog.h"
#include "ui/window/main_window.h"

#include <QObject>

namespace nabiz::app {

class WindowController : public QObject {
    Q_OBJECT
public:
    // All outlive the controller.
    WindowController(ui::MainWindow& window, ui::RunCatalog& catalog, const trainer::PresetStore& presets,
        Settings& settings, TrainerFactory factory = trainer::loadTrainer);
    ~WindowController() override;

    void openDatabase(const QString& file);
    // What runs is stopped and saved, what waits is stopped, then the window closes.
    void stopAndClose();
    // See ControllerThread::outlive().
    void outliveWindow() { m_thread.outlive(); }
    void stopOutliving() { m_thread.stopOutliving(); }
    const QString& database() const { return m_database; }
    // Nothing runs or waits.
    bool isIdle() const { return m_active == 0 && m_waiting == 0; }
    // What was recorded waits in memory: the window closes by itself once it is kept, or asks.
    bool keepsOpen() const { return m_troubles->keepsOpen(); }
    void secureAndClose() { m_troubles->secureAndClose(); }

Q_SIGNALS:
    void databaseOpened(const QString& file);
    void becameIdle();

private:
    void connectWindow();
    void connectPages();
    void connectLibrary();
    void connectRuns();

    void take(const QString& file); // as the database that is open
    void onOpened(const QString& file, const QList<qint64>& interrupted);
    void onRunLoaded(const storage::RunOverview& run);
    void onStateChanged(qint64 active, int waiting);
    void onRunEnded(qint64 run, storage::RunStatus status, const trainer::Message& failure);
    void onMoved(const QString& file);
    void showFailure(const QString& sentence);
    void showActive();
    void tellQueueDone();

    ui::MainWindow& m_window;
    ui::RunCatalog& m_catalog;
    Settings& m_settings;
    ChartFileWriter m_chartWriter;
    LiveFeed m_feed;
    Library m_library;
    DraftReader m_drafts;
    WeightsDesk m_weights;
    ReportDesk m_reports;
    ReferenceReader m_references;
    ImportReader m_imports;
    FollowDesk m_follow;
    SampleDesk m_samples;
    EndNotice* m_endNotice; // the window's
    QString m_database;
    qint64 m_active = 0;
    int m_waiting = 0;
    QList<qint64> m_interrupted; // told when their records have come
    qint64 m_keptReference = 0; // that comes with the next look at the runs
    qint64 m_begun = 0; // was started here, and has not been seen yet
    bool m_closeWhenIdle = false;
    struct Ending {
        qint64 run = 0;
        storage::RunStatus status {};
        QString failure;
    };
    std::vector<Ending> m_endings; // told when the final record has come
    bool m_isQueueDone = false; // which is told when these are
    RunCommands m_commands;
    RunEditor m_editor;
    ControllerThread m_thread; // last: ends first, and its listener with it, before those who gave it orders
    TroubleDesk* m_troubles; // a child, as is the next of the window
    ExampleDesk* m_examples;
    GuardDesk* m_guard;
    DiagnosisDesk* m_diagnosis;
};

} // namespace nabiz::app
