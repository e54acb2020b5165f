// SPDX-License-Identifier: GPL-3.0-or-later
// The window: assembles the run list, the pages, tool bar, menus and status bar, and routes between them. It does
// no work: what must be done it asks of `app` by signal; what there is to show comes through the RunCatalog and the
// slots here.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/data/sample_preview.h"
#include "trainer/validation/draft_check.h"
#include "trainer/validation/validation.h"
#include "ui/requests/reference_preview.h"
#include "ui/requests/report_preview.h"
#include "ui/requests/report_request.h"
#include "ui/requests/start_request.h"
#include "ui/window/page_table.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMainWindow>
#include <QStringList>
#include <functional>
#include <memory>

namespace nabiz::ui {

class RunCatalog;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    // `machine` decides what can start here; presets are found through `presets`. Both outlive the window.
    MainWindow(
        RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent = nullptr);
    ~MainWindow() override;

    Page page() const;
    void showPage(Page page);
    // Current run and the checked ones.
    void selectRuns(const std::vector<storage::RunId>& runs);
    // Who looks at the disk for what stands in Configure, off this thread.
    void setDraftChecker(trainer::DraftChecker checker);
    // Checked beside those that are, and looked at.
    void showRun(qint64 run);
    // Loads a preset by name into Configure.
    void openPreset(const QString& nameOrPath);
    // Puts the settings of a run into Configure, as a draft of their own.
    void editAsNew(qint64 run);
    // What is chosen, typed and folded on a page, for the program's settings.
    QByteArray pageState(Page page) const;
    void restorePage(Page page, const QByteArray& state);
    // The current run, the checked ones and the baseline. They are taken up when the runs of the database come.
    QJsonObject selection() const;
    void awaitSelection(const QJsonObject& selection);
    void setRunFilter(const QString& text);

public Q_SLOTS:
    void setDatabase(const QString& file);
    // What the menu marks as chosen: "", "en" or "tr", and a ThemeMode; databases opened before, newest first.
    void setChoices(const QString& language, int theme);
    void setRecentDatabases(const QStringList& files);
    // The run that trains now, or none (0): decides which controls of the tool bar are enabled, with its status.
    void setActiveRun(qint64 run);
    void setQueueLength(int waiting);
    // What waits in the database's queue, in order, and whether it goes on by itself.
    void setQueue(const QList<qint64>& runs, bool served);
    void setSamples(const nabiz::trainer::SamplePreview& preview);
    void setReportPreview(const nabiz::ui::ReportPreview& preview);
    void setReportSaved(const QString& folder, const QString& failure); // one of the two is empty
    void setReportDefaults(const QString& language, const QString& folder);
    void setReferencePreview(const nabiz::ui::ReferencePreview& preview);
    void setReferencePage(const QString& page);
    // Settings that Compare does not show among the differences.
    void setIgnoredKeys(const QStringList& keys);
    // A sentence in the strip under the tool bar, in place of a message box; empty takes it away.
    void setNotice(const QString& sentence, bool isError);
    // The same with a button for what can be done about it.
    void offer(const QString& sentence, const QString& action, std::function<void()> chosen);
    // Says that the database has gone, and offers to go on in another file.
    void offerElsewhere(const QString& sentence);
    // Runs that were found interrupted, in the same strip, which leads to the newest of them.
    void offerInterrupted(const QList<qint64>& runs);

Q_SIGNALS:
    void startRequested(const nabiz::ui::StartRequest& request);
    void pauseRequested();
    void resumeRequested();
    void stopRequested();
    void checkpointRequested();
    void serveQueueRequested(bool on);
    void moveInQueueRequested(qint64 run, int position);
    void removeFromQueueRequested(qint64 run); // into the trash
    void sampleRequested();
    void renameRequested(qint64 run, const QString& name);
    void noteRequested(qint64 run, const QString& note);
    void tagsRequested(qint64 run, const QStringList& tags);
    void starRequested(const QList<qint64>& runs, bool starred);
    void trashRequested(const QList<qint64>& runs);
    void restoreRequested(const QList<qint64>& runs);
    void deleteForGoodRequested(const QList<qint64>& runs); // cannot be undone
    void samplesWanted(const nabiz::trainer::Config& config);
    void openDatabaseRequested(const QString& file);
    void moveDatabaseRequested(const QString& file);
    void reportPreviewWanted(const nabiz::ui::ReportRequest& request);
    void reportSaveRequested(const nabiz::ui::ReportRequest& request, const QString& folder);
    // One of a person's texts about a run: problem, solution, conclusion.
    void runTextEdited(qint64 run, const QString& name, const QString& text);
    // A published page to be read: the answer is setReferencePreview(). And to be kept as a reference run.
    void referencePasted(const QString& page);
    void shippedReferenceWanted();
    void referenceKept(const QString& name, const QString& page);
    void languageRequested(const QString& language); // "", "en", "tr"
    void ignoredKeysChanged(const QStringList& keys);
    void themeRequested(int mode); // ThemeMode
    // Something of pageState() or selection() is another.
    void stateChanged();
    // The window was closed while a run is live and the user chose to stop and save: app stops it, then closes the
    // window.
    void stopAndCloseRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
