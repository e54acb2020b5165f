// SPDX-License-Identifier: GPL-3.0-or-later
// The window's parts and the ways between them: who asks whom, and what follows when the selection or a run's status
// changes. GUI thread.
#pragma once

#include "ui/window/main_window.h"

#include <QPointer>
#include <optional>

namespace nabiz::ui {

class CloseDialog;
class ComparePage;
class ConfigurePage;
class MainMenu;
class NoticeStrip;
class PageStack;
class QueuePanel;
class ReferenceDialog;
class ReportPage;
class RunList;
class RunsPage;
class StatusLine;
class TopBar;
class TrashCan;
class WatchPage;

class MainWindow::Private {
public:
    Private(MainWindow& window, RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine);

    void assemble();
    void connectMenu();
    void connectPages();
    void openReferenceDialog();
    void connectRuns();
    void connectTable();
    void showPage(Page page);
    void watch(qint64 run);
    // Of the table while that is shown, else of the list.
    qint64 currentRun() const;
    void retranslateUi();
    void connectState();
    void takeSelection();
    void connectOffers();
    void compareRuns(const QList<qint64>& chosen);
    void reportRuns(const QList<qint64>& chosen);
    void showSelection();
    void showStatus();
    void editAsNew(qint64 run);
    std::optional<storage::RunStatus> status() const;

    MainWindow& window;
    RunCatalog& catalog;
    const trainer::PresetStore& presetStore;
    const trainer::Machine machine;
    MainMenu* menu;
    TopBar* top;
    NoticeStrip* notice;
    NoticeStrip* undoStrip;
    TrashCan* trash;
    RunList* runs;
    QueuePanel* queue;
    QWidget* side; // both
    PageStack* pages;
    ConfigurePage* configure;
    WatchPage* watchPage;
    RunsPage* table;
    ComparePage* compare;
    ReportPage* report;
    StatusLine* statusLine;
    QString database;
    std::optional<QJsonObject> awaitedSelection;
    qint64 active = 0;
    int waiting = 0;
    qint64 offeredRun = 0; // by the strip
    bool followNext = false; // the run that starts next was asked for here: Watch comes forward
    QPointer<CloseDialog> closeDialog;
    QPointer<ReferenceDialog> referenceDialog;
};

} // namespace nabiz::ui
