// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_private.h"

#include "ui/dialogs/close_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/reference_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/requests/seed_repeats.h"
#include "ui/widgets/focus_keeper.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/queue_panel.h"
#include "ui/widgets/run_list.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/trash_can.h"
#include "ui/window/main_menu.h"
#include "ui/window/page_stack.h"
#include "ui/window/top_bar.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

constexpr int kRunListWidth = 248;

} // namespace

MainWindow::Private::Private(
    MainWindow& owner, RunCatalog& runCatalog, const trainer::PresetStore& presets, trainer::Machine ofThis)
    : window(owner)
    , catalog(runCatalog)
    , presetStore(presets)
    , machine(ofThis)
    , menu(new MainMenu(&owner))
    , top(new TopBar(menu->menu()))
    , notice(new NoticeStrip(QStringLiteral("notice")))
    , undoStrip(new NoticeStrip(QStringLiteral("undo")))
    , trash(new TrashCan(runCatalog, *undoStrip, &owner))
    , runs(new RunList(runCatalog))
    , queue(new QueuePanel(runCatalog))
    , side(new QWidget)
    , pages(new PageStack({ runCatalog, runs->checks(), presets, machine }))
    , configure(pages->find<ConfigurePage>())
    , watchPage(pages->find<WatchPage>())
    , table(pages->find<RunsPage>())
    , compare(pages->find<ComparePage>())
    , report(pages->find<ReportPage>())
    , statusLine(new StatusLine(runCatalog))
{
    assemble();
    connectMenu();
    connectPages();
    connectRuns();
    connectTable();
    connectState();
    connectOffers();
    showPage(Page::Configure);
    showSelection();
    showStatus();
}

void MainWindow::Private::assemble()
{
    side->setFixedWidth(kRunListWidth);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(runs, 1);
    column->addWidget(queue);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(side);
    middle->addWidget(pages, 1);
    auto* central = new QWidget(&window);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top);
    layout->addWidget(notice);
    layout->addLayout(middle, 1);
    layout->addWidget(undoStrip);
    layout->addWidget(statusLine);
    window.setCentralWidget(central);
    new FocusKeeper(window);
}

void MainWindow::Private::connectMenu()
{
    MainWindow* w = &window;
    for (qsizetype page = 0; page < menu->pages.size(); ++page)
        connect(menu->pages[page], &QAction::triggered, w, [w, page] { w->showPage(static_cast<Page>(page)); });
    connect(menu->open, &QAction::triggered, w, [this, w] {
        const QString file = QFileDialog::getOpenFileName(
            w, MainWindow::tr("Open Database"), database, MainWindow::tr("Nabız databases (*.db);;All files (*)"));
        if (!file.isEmpty())
            Q_EMIT w->openDatabaseRequested(file);
    });
    connect(menu->reference, &QAction::triggered, w, [this] { openReferenceDialog(); });
    connect(menu->quit, &QAction::triggered, w, &QWidget::close);
    connect(menu->start, &QAction::triggered, w, [this, w] {
        if (!configure->start())
            w->showPage(Page::Configure);
    });
    connect(menu->pause, &QAction::triggered, w, &MainWindow::pauseRequested);
    connect(menu->resume, &QAction::triggered, w, &MainWindow::resumeRequested);
    connect(menu->stop, &QAction::triggered, top, &TopBar::askStop);
    connect(menu->checkpoint, &QAction::triggered, w, &MainWindow::checkpointRequested);
    connect(menu->sample, &QAction::triggered, w, &MainWindow::sampleRequested);
    connect(menu->editAsNew, &QAction::triggered, w, [this] { editAsNew(currentRun()); });
    connect(menu->report, &QAction::triggered, w, [this, w] {
        if (currentRun() != runs->current())
            runs->setCurrent(currentRun());
        w->showPage(Page::Report);
    });
    connect(menu->fullScreen, &QAction::triggered, w,
        [w](bool on) { w->setWindowState(w->windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(menu->shortcuts, &QAction::triggered, w, [w] { makeShortcutsDialog(w->actions(), w)->open(); });
    connect(menu->about, &QAction::triggered, w, [w] { makeAboutDialog(w)->open(); });
    connect(menu->openMenu, &QAction::triggered, top, &TopBar::openMenu);
    connect(menu, &MainMenu::recentChosen, w, &MainWindow::openDatabaseRequested);
    connect(menu, &MainMenu::languageChosen, w, &MainWindow::languageRequested);
    connect(menu, &MainMenu::themeChosen, w, &MainWindow::themeRequested);
}

void MainWindow::Private::openReferenceDialog()
{
    MainWindow* w = &window;
    auto* dialog = new ReferenceDialog(w);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    referenceDialog = dialog;
    connect(dialog, &ReferenceDialog::pagePasted, w, &MainWindow::referencePasted);
    connect(dialog, &ReferenceDialog::shippedWanted, w, &MainWindow::shippedReferenceWanted);
    connect(dialog, &ReferenceDialog::keepRequested, w, &MainWindow::referenceKept);
    dialog->open();
}

void MainWindow::Private::connectPages()
{
    MainWindow* w = &window;
    connect(top, &TopBar::pageChosen, w, [w](int page) { w->showPage(static_cast<Page>(page)); });
    connect(top, &TopBar::pauseRequested, w, &MainWindow::pauseRequested);
    connect(top, &TopBar::resumeRequested, w, &MainWindow::resumeRequested);
    connect(top, &TopBar::stopRequested, w, &MainWindow::stopRequested);
    connect(top, &TopBar::checkpointRequested, w, &MainWindow::checkpointRequested);
    connect(w, &MainWindow::pauseRequested, top, &TopBar::showPauseAsked);
    connect(w, &MainWindow::resumeRequested, top, &TopBar::showResumeAsked);
    connect(w, &MainWindow::checkpointRequested, top, &TopBar::showCheckpointAsked);
    connect(configure, &ConfigurePage::startRequested, w, [this, w](const StartRequest& request) {
        if (!request.queue)
            followNext = active == 0;
        Q_EMIT w->startRequested(request);
    });
    connect(configure, &ConfigurePage::samplesWanted, w, &MainWindow::samplesWanted);
    connect(configure, &ConfigurePage::noticeRaised, w, &MainWindow::setNotice);
    connect(watchPage, &WatchPage::sampleRequested, w, &MainWindow::sampleRequested);
    connect(watchPage, &WatchPage::editAsNewRequested, w, [this](qint64 run) { editAsNew(run); });
    connect(watchPage, &WatchPage::renameRequested, w, &MainWindow::renameRequested);
    connect(watchPage, &WatchPage::configureRequested, w, [w] { w->showPage(Page::Configure); });
    connect(compare, &ComparePage::reportRequested, w, [this, w] {
        report->showComparison();
        w->showPage(Page::Report);
    });
    report->setCompareLook([this] { return compare->look(); });
    connect(compare, &ComparePage::ignoredKeysChanged, w, &MainWindow::ignoredKeysChanged);
    connect(compare, &ComparePage::runChosen, w, [this](qint64 run) { runs->setCurrent(run); });
    connect(compare, &ComparePage::moreSeedsRequested, w, [this, w](qint64 run, const QList<qint64>& seeds) {
        for (const qint64 seed : seeds)
            Q_EMIT w->startRequested(repeatWithSeed(*catalog.detail(run), presetStore, seed));
    });
    connect(report, &ReportPage::previewWanted, w, &MainWindow::reportPreviewWanted);
    connect(report, &ReportPage::saveRequested, w, &MainWindow::reportSaveRequested);
    connect(report, &ReportPage::textEdited, w, &MainWindow::runTextEdited);
}

void MainWindow::Private::connectRuns()
{
    MainWindow* w = &window;
    connect(runs, &RunList::selectionChanged, w, [this] { showSelection(); });
    connect(queue, &QueuePanel::serveRequested, w, &MainWindow::serveQueueRequested);
    connect(queue, &QueuePanel::moveRequested, w, &MainWindow::moveInQueueRequested);
    connect(queue, &QueuePanel::removeRequested, w, &MainWindow::removeFromQueueRequested);
    connect(runs, &RunList::renameRequested, w, &MainWindow::renameRequested);
    connect(runs, &RunList::starRequested, w, &MainWindow::starRequested);
    connect(runs, &RunList::trashRequested, trash, &TrashCan::put);
    connect(trash, &TrashCan::trashRequested, w, &MainWindow::trashRequested);
    connect(trash, &TrashCan::restoreRequested, w, &MainWindow::restoreRequested);
    for (QWidget* place : std::initializer_list<QWidget*> { runs, table })
        place->addAction(trash->undoAction());
    connect(runs, &RunList::editAsNewRequested, w, [this](qint64 run) { editAsNew(run); });
    connect(statusLine, &StatusLine::progressChanged, w, [this] {
        const QString progress = statusLine->progress();
        window.setWindowTitle(progress.isEmpty() ? QStringLiteral("Nabız") : progress + QStringLiteral(" – Nabız"));
        top->setDevice(statusLine->device());
    });
    connect(&catalog, &RunCatalog::runChanged, w, [this](qint64 run) {
        if (run == active)
            showStatus();
    });
    connect(&catalog, &RunCatalog::checkpointsChanged, w, [this](qint64 run) {
        if (run == active)
            top->showCheckpointDone();
    });
    connect(&catalog, &RunCatalog::eventAppended, w, [this](qint64 run) {
        if (run == active && catalog.detail(run)->events.back().kind == "warning") // it may be that none is written
            top->showCheckpointDone();
    });
    connect(&catalog, &RunCatalog::runsReset, w, [this] {
        takeSelection();
        showStatus();
    });
}

void MainWindow::Private::connectTable()
{
    MainWindow* w = &window;
    connect(table, &RunsPage::currentChanged, w, [this] { menu->setHasCurrentRun(currentRun() != 0); });
    connect(table, &RunsPage::shownChanged, w, [this] { compare->setScatterRuns(table->shownRuns()); });
    connect(table, &RunsPage::watchRequested, w, [this](qint64 run) { watch(run); });
    connect(table, &RunsPage::editAsNewRequested, w, [this](qint64 run) { editAsNew(run); });
    connect(table, &RunsPage::configureRequested, w, [w] { w->showPage(Page::Configure); });
    connect(table, &RunsPage::compareRequested, w, [this](const QList<qint64>& chosen) { compareRuns(chosen); });
    connect(table, &RunsPage::reportRequested, w, [this](const QList<qint64>& chosen) { reportRuns(chosen); });
    connect(table, &RunsPage::renameRequested, w, &MainWindow::renameRequested);
    connect(table, &RunsPage::noteRequested, w, &MainWindow::noteRequested);
    connect(table, &RunsPage::tagsRequested, w, &MainWindow::tagsRequested);
    connect(table, &RunsPage::starRequested, w, &MainWindow::starRequested);
    connect(table, &RunsPage::trashRequested, trash, &TrashCan::put);
    connect(table, &RunsPage::restoreRequested, w, &MainWindow::restoreRequested);
    connect(table, &RunsPage::deleteForGoodRequested, w, &MainWindow::deleteForGoodRequested);
}

void MainWindow::Private::connectState()
{
    MainWindow* w = &window;
    connect(pages, &PageStack::stateChanged, w, &MainWindow::stateChanged);
    connect(runs, &RunList::selectionChanged, w, &MainWindow::stateChanged);
}

// The table lists what the list does, with room for it.
void MainWindow::Private::showPage(Page page)
{
    side->setVisible(page != Page::Runs);
    if (page == Page::Runs && table->currentRun() == 0)
        table->setCurrentRun(runs->current());
    runs->setStartShown(page == Page::Configure);
    pages->setPage(page);
    top->setPage(static_cast<int>(page));
    Q_EMIT window.stateChanged();
    menu->setHasCurrentRun(currentRun() != 0);
}

void MainWindow::Private::watch(qint64 run)
{
    runs->setCurrent(run);
    window.showPage(Page::Watch);
}

qint64 MainWindow::Private::currentRun() const
{
    return pages->currentWidget() == table ? table->currentRun() : runs->current();
}

void MainWindow::Private::retranslateUi()
{
    menu->retranslateUi();
    trash->retranslateUi();
}

void MainWindow::Private::showSelection()
{
    const qint64 current = runs->current();
    const std::vector<storage::RunId> checked = runs->checked();
    menu->setHasCurrentRun(currentRun() != 0);
    std::vector<storage::RunId> shown = checked;
    shown.push_back(current);
    RunColors::show(std::move(shown));
    pages->showRuns(current, checked);
}

std::optional<storage::RunStatus> MainWindow::Private::status() const
{
    const storage::RunOverview* overview = active == 0 ? nullptr : catalog.overview(active);
    return overview ? std::optional(overview->run.status) : std::nullopt;
}

void MainWindow::Private::showStatus()
{
    const auto now = status();
    menu->setStatus(now);
    top->setStatus(now, now ? catalog.overview(active)->run.started : std::nullopt);
    configure->setActiveRun(now && storage::isLive(*now) ? active : 0);
}

void MainWindow::Private::editAsNew(qint64 run)
{
    if (run == 0)
        return;
    configure->editAsNew(run);
    window.showPage(Page::Configure);
}

} // namespace nabiz::ui
