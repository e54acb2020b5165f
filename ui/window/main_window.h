// SPDX-License-Identifier: GPL-3.0-or-later
// The window: assembles the run list, the pages, tool bar, menus and status bar, and joins them. It does no work: what
// must be done it asks of `app` by signal; what there is to show comes through the RunCatalog, the slots here and the
// parts that are named here. GUI thread.
#pragma once

#include "trainer/config/parameters/machine.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/requests/run_edit.h"
#include "ui/requests/run_order.h"
#include "ui/requests/start_request.h"
#include "ui/window/page_table.h"

#include <QMainWindow>
#include <memory>

namespace nabiz::ui {

class LayoutShelf;
class MainMenu;
class PageStack;
class ReferenceAdder;
class RunImporter;
class RunCatalog;
class RunSelection;
class WindowNotices;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    // `machine` decides what can start here; presets are found through `presets`. Both outlive the window.
    MainWindow(
        RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent = nullptr);
    ~MainWindow() override;

    void showPage(Page page);
    PageStack& pages() const { return *m_pages; }
    RunSelection& selection() const { return *m_selection; }
    WindowNotices& notices() const { return *m_notices; }
    RunImporter& importer() const { return *m_importer; }
    ReferenceAdder& references() const { return *m_references; }
    LayoutShelf& layouts() const { return *m_layouts; }
    MainMenu& menu() const { return *m_menu; }

public Q_SLOTS:
    void setDatabase(const QString& file);
    // The run that trains now, or none (0): decides which controls of the tool bar are enabled, with its status.
    void setActiveRun(qint64 run);
    // What waits in the database's queue, in order, and whether it goes on by itself.
    void setQueue(const QList<qint64>& runs, bool served);

Q_SIGNALS:
    void startRequested(const nabiz::ui::StartRequest& request);
    void orderGiven(nabiz::ui::RunOrder order);
    void queueOrdered(const nabiz::ui::QueueOrder& order);
    void editRequested(const nabiz::ui::RunEdit& edit);
    void openDatabaseRequested(const QString& file);
    // Something of what pages, selection or window keep is another.
    void stateChanged();
    // The window was closed while a run is live and the user chose to stop and save: app stops it, then closes the
    // window.
    void stopAndCloseRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void connectMenu();
    void connectPages();
    void connectRuns();

    struct Parts;
    std::unique_ptr<Parts> m_parts;
    PageStack* m_pages; // of these
    RunSelection* m_selection;
    WindowNotices* m_notices;
    RunImporter* m_importer;
    ReferenceAdder* m_references;
    MainMenu* m_menu;
    LayoutShelf* m_layouts;
};

} // namespace nabiz::ui
