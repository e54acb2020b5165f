// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/dialogs/close_dialog.h"
#include "ui/dialogs/reference_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/queue_panel.h"
#include "ui/widgets/run_list.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/tab_accessible.h"
#include "ui/window/main_menu.h"
#include "ui/window/main_window_private.h"
#include "ui/window/page_stack.h"
#include "ui/window/top_bar.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QIcon>
#include <QScreen>

#include <utility>

namespace nabiz::ui {

namespace {

constexpr QSize kFirstSize(1400, 860);
constexpr QSize kSmallestSize(980, 600);
constexpr QSize kFrame(16, 48); // a title bar and edges, which are not known before the window is shown

} // namespace

MainWindow::MainWindow(
    RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent)
    : QMainWindow(parent)
{
    TabAccessible::install();
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Nabız"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/nabiz.svg")));
    m_private = std::make_unique<Private>(*this, catalog, presets, machine);
    const QSize room = screen() ? screen()->availableSize() : kFirstSize;
    setMinimumSize(kSmallestSize.boundedTo(room - kFrame));
    resize(kFirstSize.boundedTo(room - kFrame));
}

MainWindow::~MainWindow() = default;

Page MainWindow::page() const
{
    return m_private->pages->page();
}

void MainWindow::showPage(Page page)
{
    m_private->showPage(page);
}

void MainWindow::selectRuns(const std::vector<storage::RunId>& runs)
{
    m_private->runs->setChecked(runs);
    m_private->runs->setCurrent(runs.empty() ? 0 : runs.front());
}

void MainWindow::setDraftChecker(trainer::DraftChecker checker)
{
    m_private->configure->setDraftChecker(std::move(checker));
}

void MainWindow::showRun(qint64 run)
{
    m_private->runs->check(run);
    m_private->runs->setCurrent(run);
}

void MainWindow::openPreset(const QString& nameOrPath)
{
    m_private->configure->openPreset(nameOrPath);
}

void MainWindow::editAsNew(qint64 run)
{
    m_private->editAsNew(run);
}

void MainWindow::setRunFilter(const QString& text)
{
    m_private->table->setFilter(text);
}

void MainWindow::setChoices(const QString& language, int theme)
{
    m_private->menu->setChoices(language, theme);
}

void MainWindow::setRecentDatabases(const QStringList& files)
{
    m_private->menu->setRecent(files);
}

void MainWindow::setDatabase(const QString& file)
{
    m_private->database = file;
    m_private->configure->setDatabase(file);
    m_private->statusLine->setDatabase(file);
}

void MainWindow::setActiveRun(qint64 run)
{
    const bool isNew = run != 0 && run != m_private->active;
    m_private->active = run;
    m_private->statusLine->setActiveRun(run);
    m_private->watchPage->setActiveRun(run);
    // One that comes out of the queue takes neither the selection nor the page.
    if (isNew && (m_private->followNext || m_private->runs->current() == 0)) {
        m_private->runs->check(run);
        m_private->runs->setCurrent(run);
        if (std::exchange(m_private->followNext, false))
            showPage(Page::Watch);
    }
    m_private->showStatus();
}

void MainWindow::setQueueLength(int waiting)
{
    m_private->waiting = waiting;
    m_private->statusLine->setWaiting(waiting);
}

void MainWindow::setQueue(const QList<qint64>& runs, bool served)
{
    setQueueLength(static_cast<int>(runs.size()));
    m_private->queue->setQueue(runs, served);
}

void MainWindow::setSamples(const trainer::SamplePreview& preview)
{
    m_private->configure->setSamples(preview);
}

void MainWindow::setReportPreview(const ReportPreview& preview)
{
    m_private->report->setPreview(preview);
}

void MainWindow::setReportSaved(const QString& folder, const QString& failure)
{
    m_private->report->setSaved(folder, failure);
}

void MainWindow::setReportDefaults(const QString& language, const QString& folder)
{
    m_private->report->setLanguage(language);
    m_private->report->setFolder(folder);
}

void MainWindow::setReferencePreview(const ReferencePreview& preview)
{
    if (m_private->referenceDialog)
        m_private->referenceDialog->setPreview(preview);
}

void MainWindow::setReferencePage(const QString& page)
{
    if (m_private->referenceDialog)
        m_private->referenceDialog->setPage(page);
}

void MainWindow::setIgnoredKeys(const QStringList& keys)
{
    m_private->compare->setIgnoredKeys(keys);
}

void MainWindow::setNotice(const QString& sentence, bool isError)
{
    m_private->notice->setNotice(sentence, isError);
}

void MainWindow::offer(const QString& sentence, const QString& action, std::function<void()> chosen)
{
    m_private->notice->offer(sentence, action, std::move(chosen));
}

void MainWindow::offerElsewhere(const QString& sentence)
{
    m_private->notice->offer(sentence, tr("Go On in Another File…"), [this] {
        auto* dialog = new QFileDialog(
            this, tr("Go On in Another File"), m_private->database, tr("Databases (*.db);;All files (*)"));
        dialog->setObjectName(QStringLiteral("elsewhereDialog"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("db"));
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::moveDatabaseRequested);
        dialog->open();
    });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_private->report->commitWords();
    const auto status = m_private->status();
    if (!status || !storage::isLive(*status)) {
        // Between two runs of a queue that goes on: it is held first, so that none runs without a window.
        event->setAccepted(!m_private->queue->goesOn());
        if (!event->isAccepted())
            Q_EMIT stopAndCloseRequested();
        return;
    }
    event->ignore();
    if (m_private->closeDialog)
        return;
    const storage::RunOverview* overview = m_private->catalog.overview(m_private->active);
    auto* dialog = new CloseDialog(QString::fromStdString(overview->run.name), m_private->waiting, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_private->closeDialog = dialog;
    connect(dialog, &QDialog::finished, this, [this, dialog] {
        if (dialog->choice() == CloseDialog::Choice::KeepRunning)
            showMinimized();
        else if (dialog->choice() == CloseDialog::Choice::StopAndSave)
            Q_EMIT stopAndCloseRequested();
    });
    dialog->open();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (!m_private)
        return;
    if (event->type() == QEvent::LanguageChange)
        m_private->retranslateUi();
    else if (event->type() == QEvent::WindowStateChange)
        m_private->menu->fullScreen->setChecked(isFullScreen());
}

} // namespace nabiz::ui
