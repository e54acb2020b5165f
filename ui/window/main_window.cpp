// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/widgets/focus_keeper.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/queue_panel.h"
#include "ui/widgets/run_list.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/tab_accessible.h"
#include "ui/widgets/trash_can.h"
#include "ui/window/close_question.h"
#include "ui/window/live_run.h"
#include "ui/window/main_menu.h"
#include "ui/window/page_routes.h"
#include "ui/window/page_stack.h"
#include "ui/window/reference_adder.h"
#include "ui/window/run_importer.h"
#include "ui/window/run_selection.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_notices.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QIcon>
#include <QScreen>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

constexpr QSize kFirstSize(1400, 860);
constexpr QSize kSmallestSize(980, 600);
constexpr QSize kFrame(16, 48); // a title bar and edges, which are not known before the window is shown
constexpr int kRunListWidth = 248;

} // namespace

// Owned by the window as its children; what has no parent yet gets one when they are assembled.
struct MainWindow::Parts {
    Parts(MainWindow& window, RunCatalog& runCatalog, const trainer::PresetStore& presets, trainer::Machine ofThis)
        : catalog(runCatalog)
        , machine(ofThis)
        , menu(new MainMenu(&window))
        , top(new TopBar(menu->menu()))
        , strip(new NoticeStrip(QStringLiteral("notice")))
        , undoStrip(new NoticeStrip(QStringLiteral("undo")))
        , list(new RunList(runCatalog))
        , queue(new QueuePanel(runCatalog))
        , side(new QWidget)
        , line(new StatusLine(runCatalog))
        , layouts(new LayoutShelf(&window))
        , pageParts { runCatalog, list->checks(), presets, machine, *layouts }
        , pages(new PageStack(pageParts))
        , configure(pages->find<ConfigurePage>())
        , table(pages->find<RunsPage>())
        , trash(new TrashCan(runCatalog, *undoStrip, &window))
        , notices(new WindowNotices(runCatalog, *strip, &window))
        , references(new ReferenceAdder(window))
        , importer(new RunImporter(window))
        , question(new CloseQuestion(window))
        , selection(new RunSelection(runCatalog, *list, *pages, &window))
        , routes(new PageRoutes(pageParts, *pages, *selection, &window))
        , live(new LiveRun({ runCatalog, *menu, *top, *line, *pages }, &window))
    {
    }

    void assemble(MainWindow& window)
    {
        side->setFixedWidth(kRunListWidth);
        auto* column = new QVBoxLayout(side);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addWidget(list, 1);
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
        layout->addWidget(strip);
        layout->addLayout(middle, 1);
        layout->addWidget(undoStrip);
        layout->addWidget(line);
        window.setCentralWidget(central);
        new FocusKeeper(window);
    }

    // Of the table while that is shown, else of the list.
    qint64 currentRun() const { return pages->page() == Page::Runs ? table->currentRun() : list->current(); }

    RunCatalog& catalog;
    const trainer::Machine machine;
    MainMenu* menu;
    TopBar* top;
    NoticeStrip* strip;
    NoticeStrip* undoStrip;
    RunList* list;
    QueuePanel* queue;
    QWidget* side; // both
    StatusLine* line;
    LayoutShelf* layouts;
    const PageParts pageParts;
    PageStack* pages;
    ConfigurePage* configure;
    RunsPage* table;
    TrashCan* trash;
    WindowNotices* notices;
    ReferenceAdder* references;
    RunImporter* importer;
    CloseQuestion* question;
    RunSelection* selection;
    PageRoutes* routes;
    LiveRun* live;
    QString database;
};

MainWindow::MainWindow(
    RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent)
    : QMainWindow(parent)
{
    TabAccessible::install();
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Nabız"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/nabiz.svg")));
    m_parts = std::make_unique<Parts>(*this, catalog, presets, machine);
    m_pages = m_parts->pages;
    m_selection = m_parts->selection;
    m_notices = m_parts->notices;
    m_importer = m_parts->importer;
    m_references = m_parts->references;
    m_menu = m_parts->menu;
    m_layouts = m_parts->layouts;
    m_parts->assemble(*this);
    connectMenu();
    connectPages();
    connectRuns();
    showPage(Page::Configure);
    const QSize room = screen() ? screen()->availableSize() : kFirstSize;
    setMinimumSize(kSmallestSize.boundedTo(room - kFrame));
    resize(kFirstSize.boundedTo(room - kFrame));
}

MainWindow::~MainWindow() = default;

void MainWindow::connectMenu()
{
    const MainMenu& menu = *m_parts->menu;
    for (qsizetype page = 0; page < menu.pages.size(); ++page)
        connect(menu.pages[page], &QAction::triggered, this, [this, page] { showPage(static_cast<Page>(page)); });
    connect(m_parts->top, &TopBar::pageChosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
    connect(menu.open, &QAction::triggered, this, [this] {
        const QString file = QFileDialog::getOpenFileName(
            this, tr("Open Database"), m_parts->database, tr("Nabız databases (*.db);;All files (*)"));
        if (!file.isEmpty())
            Q_EMIT openDatabaseRequested(file);
    });
    connect(menu.importRuns, &QAction::triggered, m_parts->importer, [this] { m_parts->importer->open(); });
    connect(menu.followFolders, &QAction::triggered, m_parts->importer, &RunImporter::openFollowed);
    connect(menu.reference, &QAction::triggered, m_parts->references, &ReferenceAdder::open);
    connect(menu.start, &QAction::triggered, this, [this] {
        if (!m_parts->configure->start())
            showPage(Page::Configure);
    });
    connect(menu.editAsNew, &QAction::triggered, this, [this] { m_parts->routes->editAsNew(m_parts->currentRun()); });
    connect(menu.report, &QAction::triggered, this, [this] {
        if (m_parts->currentRun() != m_parts->selection->current())
            m_parts->selection->setCurrent(m_parts->currentRun());
        showPage(Page::Report);
    });
    connect(menu.openMenu, &QAction::triggered, m_parts->top, &TopBar::openMenu);
    connect(&menu, &MainMenu::recentChosen, this, &MainWindow::openDatabaseRequested);
}

void MainWindow::connectPages()
{
    connect(m_parts->pages, &PageStack::startRequested, this, [this](const StartRequest& request) {
        if (!request.queue && m_parts->live->run() == 0)
            m_parts->routes->expectRun();
        Q_EMIT startRequested(request);
    });
    connect(m_parts->pages, &PageStack::editRequested, this, [this](const RunEdit& edit) {
        if (edit.kind == RunEdit::Kind::Trash)
            m_parts->trash->put(edit.runs); // which says so, and can take it back
        else
            Q_EMIT editRequested(edit);
    });
    connect(m_parts->pages, &PageStack::orderGiven, this, &MainWindow::orderGiven);
    connect(m_parts->pages, &PageStack::stateChanged, this, &MainWindow::stateChanged);
    connect(m_parts->routes, &PageRoutes::pageWanted, this, &MainWindow::showPage);
    connect(m_parts->routes, &PageRoutes::startRequested, this, &MainWindow::startRequested);
    connect(m_parts->configure, &ConfigurePage::noticeRaised, m_parts->notices, &WindowNotices::show);
    connect(m_parts->notices, &WindowNotices::runChosen, m_parts->routes, &PageRoutes::watch);
    connect(m_parts->notices, &WindowNotices::resumeChosen, m_parts->routes,
        [this](qint64 run) { m_parts->routes->resume(run, false); });
    const auto showCurrent = [this] { m_parts->menu->setHasCurrentRun(m_parts->currentRun() != 0); };
    connect(m_parts->table, &RunsPage::currentChanged, this, showCurrent);
    connect(m_parts->selection, &RunSelection::changed, this, showCurrent);
    connect(m_parts->selection, &RunSelection::changed, this, &MainWindow::stateChanged);
}

void MainWindow::connectRuns()
{
    const RunList* list = m_parts->list;
    connect(list, &RunList::renameRequested, this,
        [this](qint64 run, const QString& name) { Q_EMIT editRequested(RunEdit::rename(run, name)); });
    connect(list, &RunList::starRequested, this,
        [this](const QList<qint64>& runs, bool on) { Q_EMIT editRequested(RunEdit::star(runs, on)); });
    connect(list, &RunList::trashRequested, m_parts->trash, &TrashCan::put);
    connect(list, &RunList::editAsNewRequested, m_parts->routes, &PageRoutes::editAsNew);
    connect(list, &RunList::resumeRequested, m_parts->routes, &PageRoutes::resume);
    connect(m_parts->trash, &TrashCan::editRequested, this, &MainWindow::editRequested);
    for (QWidget* place : std::initializer_list<QWidget*> { m_parts->list, m_parts->table })
        place->addAction(m_parts->trash->undoAction());
    connect(m_parts->queue, &QueuePanel::ordered, this, &MainWindow::queueOrdered);
    connect(m_parts->line, &StatusLine::progressChanged, this, [this] {
        const QString progress = m_parts->line->progress();
        setWindowTitle(progress.isEmpty() ? QStringLiteral("Nabız") : progress + QStringLiteral(" – Nabız"));
        m_parts->top->setDevice(m_parts->line->device());
    });
    connect(m_parts->live, &LiveRun::ordered, this, &MainWindow::orderGiven);
    connect(m_parts->live, &LiveRun::began, m_parts->routes, &PageRoutes::onRunBegan);
    connect(m_parts->live, &LiveRun::changed, m_parts->question,
        [this] { m_parts->question->setLiveRun(m_parts->live->isLive() ? m_parts->live->run() : 0); });
    connect(m_parts->question, &CloseQuestion::keepRunningChosen, this, &QWidget::showMinimized);
    connect(m_parts->question, &CloseQuestion::stopAndSaveChosen, this, &MainWindow::stopAndCloseRequested);
}

// The table lists what the list does, with room for it.
void MainWindow::showPage(Page page)
{
    m_parts->side->setVisible(page != Page::Runs);
    if (page == Page::Runs && m_parts->table->currentRun() == 0)
        m_parts->table->setCurrentRun(m_parts->list->current());
    m_parts->list->setStartShown(page == Page::Configure);
    m_parts->pages->setPage(page);
    m_parts->top->setPage(static_cast<int>(page));
    Q_EMIT stateChanged();
    m_parts->menu->setHasCurrentRun(m_parts->currentRun() != 0);
}

void MainWindow::setDatabase(const QString& file)
{
    m_parts->database = file;
    m_parts->configure->setDatabase(file);
    m_parts->line->setDatabase(file);
}

void MainWindow::setActiveRun(qint64 run)
{
    m_parts->live->setRun(run);
    m_parts->queue->setActive(run);
}

void MainWindow::setQueue(const QList<qint64>& runs, bool served)
{
    m_parts->line->setWaiting(static_cast<int>(runs.size()));
    m_parts->queue->setQueue(runs, served);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    for (PageWidget* page : m_parts->pages->all())
        page->commit();
    const qint64 run = m_parts->live->run();
    if (m_parts->live->isLive()) {
        event->ignore();
        const storage::RunOverview* overview = m_parts->catalog.overview(run);
        m_parts->question->ask(run, QString::fromStdString(overview->run.name), m_parts->queue->waiting());
        return;
    }
    // Between two runs of a queue that goes on: it is held first, so that none runs without a window.
    event->setAccepted(!m_parts->queue->goesOn());
    if (!event->isAccepted())
        Q_EMIT stopAndCloseRequested();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (!m_parts)
        return;
    if (event->type() == QEvent::LanguageChange) {
        m_parts->menu->retranslateUi();
        m_parts->trash->retranslateUi();
    } else if (event->type() == QEvent::WindowStateChange) {
        m_parts->menu->fullScreen->setChecked(isFullScreen());
    }
}

} // namespace nabiz::ui
