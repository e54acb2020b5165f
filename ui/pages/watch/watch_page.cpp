// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_page.h"

#include "ui/charts/view/plot_view.h"
#include "ui/dialogs/sample_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/chart_tools.h"
#include "ui/pages/watch/failure_card.h"
#include "ui/pages/watch/run_title.h"
#include "ui/pages/watch/watch_charts.h"
#include "ui/pages/watch/watch_column.h"
#include "ui/pages/watch/watch_header.h"
#include "ui/pages/watch/watch_marks.h"
#include "ui/panels/layout_menu.h"
#include "ui/panels/panel_desk.h"
#include "ui/panels/ready_panels.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_place.h"

#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace nabiz::ui {
namespace {
constexpr int kCardsMs = 200, kColumnLetters = 44; // figures that change faster cannot be read

} // namespace

WatchPage::WatchPage(RunCatalog& catalog, LayoutShelf& layouts, QWidget* parent)
    : PageWidget(parent)
    , m_catalog(catalog)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyPlace("watchEmptyText", "emptyButton"))
    , m_header(new WatchHeader)
    , m_failure(new FailureCard)
    , m_charts(new WatchCharts(catalog, m_header->tools()))
    , m_panels(new PanelDesk(*m_charts, layouts, catalog, shippedLayouts().front(), this))
    , m_column(new WatchColumn(catalog, m_charts->loss()))
    , m_rebuildLater([this] { rebuild(); }, nullptr)
{
    m_cardsTimer.setSingleShot(true);
    m_cardsTimer.setInterval(kCardsMs);
    assemble();
    connectParts();
    connectCatalog();
    rebuild();
}

void WatchPage::assemble()
{
    m_stack->addWidget(m_empty);
    auto* const page = new QWidget(this);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kGap, kMargin);
    layout->setSpacing(12);
    m_column->setFixedWidth(fontMetrics().averageCharWidth() * kColumnLetters);
    auto* const line = new QHBoxLayout;
    line->setSpacing(12);
    auto* const left = new QVBoxLayout;
    left->setSpacing(12);
    left->addWidget(m_failure);
    left->addWidget(m_charts, 1);
    line->addLayout(left, 1);
    line->addWidget(m_column);
    m_header->tools().add(&m_panels->menu());
    layout->addWidget(m_header);
    layout->addLayout(line, 1);
    m_stack->addWidget(page);
}

void WatchPage::connectParts()
{
    const ChartTools* const tools = &m_header->tools();
    connect(&m_cardsTimer, &QTimer::timeout, this, [this] {
        std::exchange(m_marksStale, false) ? rebuild() : showCards();
        m_column->restartStatistics();
    });
    connect(m_empty, &EmptyPlace::clicked, this, &WatchPage::configureRequested);
    connect(m_empty, &EmptyPlace::otherClicked, this, &WatchPage::examplesRequested);
    connect(tools, &ChartTools::optionsChanged, this, &WatchPage::rebuild);
    connect(tools, &ChartTools::optionsChanged, this, &WatchPage::stateChanged);
    connect(tools, &ChartTools::followRequested, this, [this] {
        m_charts->loss().range().follow();
        showState();
    });
    connect(&m_header->title(), &RunTitle::editAsNewRequested, this, &WatchPage::editAsNewRequested);
    connect(&m_header->title(), &RunTitle::resumeRequested, this, &WatchPage::resumeRequested);
    connect(&m_header->title(), &RunTitle::renameRequested, this,
        [this](qint64 run, const QString& name) { Q_EMIT editRequested(RunEdit::rename(run, name)); });
    connect(m_failure, &FailureCard::changeRequested, this, &WatchPage::changeRequested);
    connect(m_failure, &FailureCard::runRequested, this, &WatchPage::watchRequested);
    connect(m_panels, &PanelDesk::changed, this, &WatchPage::stateChanged);
    connect(m_panels, &PanelDesk::changed, this, &WatchPage::rebuild);
    connect(m_column, &WatchColumn::changeRequested, this, &WatchPage::changeRequested);
    connect(m_column, &WatchColumn::folded, this, &WatchPage::stateChanged);
    connect(m_column, &WatchColumn::sampleRequested, this, &WatchPage::sample);
    connect(m_charts, &WatchCharts::cursorMoved, this, &WatchPage::showCursor);
    connect(m_charts, &WatchCharts::pinsMoved, this, [this] { showCursor(m_cursor); });
    connect(m_charts, &WatchCharts::placeChosen, this,
        [this](PlotView* plot, double x, double y) { m_column->showPoint(*plot, x, y); });
    connect(m_charts, &WatchCharts::followingChanged, this, &WatchPage::showState);
    connect(m_charts, &WatchCharts::rangeChanged, this, &WatchPage::askForDetails);
    connect(m_charts, &WatchCharts::curvesChosen, this, &WatchPage::rebuild);
    connect(m_charts, &WatchCharts::saveRequested, this, &WatchPage::save);
    connect(&m_charts->loss().range(), &PlotRange::xRangeChanged, m_column, &WatchColumn::restartStatistics);
    connect(&m_charts->loss(), &PlotView::markActivated, this, &WatchPage::openMark);
}

void WatchPage::connectCatalog()
{
    const auto changed = [this](qint64 run) {
        if (shows(run)) {
            rebuild();
        }
    };
    connect(&m_catalog, &RunCatalog::runChanged, this, changed);
    connect(&m_catalog, &RunCatalog::detailLoaded, this, changed);
    connect(&m_catalog, &RunCatalog::runRemoved, this, [this](qint64 run) {
        std::erase(m_checked, run);
        m_current = m_current == run ? 0 : m_current;
        rebuild();
    });
    connect(&m_catalog, &RunCatalog::runsReset, this, &WatchPage::rebuild);
    connect(&m_catalog, &RunCatalog::pointsAppended, this, &WatchPage::onPoints);
    const auto happened = [this](qint64 run) {
        m_marksStale = m_marksStale || run == m_current;
        if (run == m_current && !m_cardsTimer.isActive()) {
            m_cardsTimer.start();
        }
    };
    connect(&m_catalog, &RunCatalog::eventAppended, this, happened);
    connect(&m_catalog, &RunCatalog::checkpointsChanged, this, happened);
}

bool WatchPage::shows(storage::RunId run) const
{
    if (run == m_current || std::find(m_checked.begin(), m_checked.end(), run) != m_checked.end()) {
        return true;
    }
    const storage::RunOverview* const overview = m_catalog.overview(m_current);
    return overview && overview->run.parent == run;
}

// The extremes of a long run's other curves are enough to draw them whole, and its last values.
void WatchPage::askForDetails()
{
    m_catalog.requireDetail(m_current);
    m_catalog.requireWhole(m_current, "loss"); // an average is one of all points
    for (const storage::RunId run : m_checked) {
        m_catalog.requireDetail(run);
        m_catalog.requireWhole(run, "loss");
    }
    if (m_cursor || m_charts->isCloser()) {
        m_charts->askForPoints();
        m_panels->askForPoints();
    }
}

// Charts are told at once, also while hidden; only the cards can wait.
void WatchPage::rebuild()
{
    const storage::RunOverview* const overview = m_catalog.overview(m_current);
    m_stack->setCurrentIndex(overview ? 1 : 0);
    const bool none = m_catalog.runs().empty();
    m_empty->setText(none
            ? tr("No run yet. Its loss and memory will be drawn here, batch by batch, from the moment it starts.")
            : tr("Select a run in the list to see its loss, its memory and what it writes."));
    m_empty->setAction(none ? tr("Choose a preset") : QString(), true, none ? tr("Look at examples") : QString());
    m_header->tools().setUnits(xUnitsOf(details()));
    m_charts->showRuns(overview ? m_current : 0, m_checked);
    showPanels();
    m_column->restartStatistics();
    if (!overview)
        return;
    askForDetails();
    m_charts->setEmptyTexts(m_catalog.detail(m_current) != nullptr, *overview);
    m_stale = !isVisible();
    showCards();
}

// Of the current run first, then of those laid over it.
void WatchPage::showPanels()
{
    const WatchOptions& options = m_header->tools().options();
    std::vector<storage::RunId> runs { m_current };
    std::copy_if(m_checked.begin(), m_checked.end(), std::back_inserter(runs),
        [this](storage::RunId run) { return run != m_current; });
    m_panels->showRuns(runs,
        { .xUnit = options.xUnit,
            .logX = options.logX,
            .clipOutliers = options.clipOutliers,
            .smoothing = options.smoothing });
}

void WatchPage::showCards()
{
    const storage::RunOverview* const overview = m_catalog.overview(m_current);
    if (!overview || !isVisible()) {
        m_stale = true;
        return;
    }
    showState();
    m_failure->showRun(overview->run, m_catalog.detail(m_current));
    m_column->showCursor(m_current, m_checked, m_header->tools().options(), m_cursor);
    if (m_charts->loss().isUnfinished() && !m_cardsTimer.isActive()) {
        m_cardsTimer.start(); // its average at the cursor is still being computed
    }
    m_column->showRun(m_current, m_active == m_current && overview->run.status == storage::RunStatus::Running);
}

void WatchPage::showState()
{
    if (const storage::RunOverview* const overview = m_catalog.overview(m_current)) {
        m_header->title().showRun(*overview);
        m_header->tools().setFollowing(m_charts->loss().range().isFollowing(), storage::isLive(overview->run.status));
    }
}

void WatchPage::showCursor(std::optional<double> x)
{
    m_cursor = x;
    askForDetails();
    m_column->showCursor(m_current, m_checked, m_header->tools().options(), m_cursor);
}

void WatchPage::onPoints(storage::RunId run)
{
    if (!shows(run)) {
        return;
    }
    const bool others = m_panels->grow();
    if (!m_charts->refresh() || !others) {
        rebuild(); // the first value of a metric
    } else if (!m_cardsTimer.isActive()) {
        m_cardsTimer.start();
    }
}

std::vector<const RunDetail*> WatchPage::details() const
{
    std::vector<const RunDetail*> found;
    for (const storage::RunId run : m_checked) {
        found.push_back(m_catalog.detail(run));
    }
    found.push_back(m_catalog.detail(m_current));
    std::erase(found, nullptr);
    return found;
}

void WatchPage::openMark(qint64 event)
{
    const RunDetail* const detail = m_catalog.detail(m_current);
    if (event != kNoEvent && detail && static_cast<std::size_t>(event) < detail->events.size()) {
        m_column->showLineOf(static_cast<std::size_t>(event));
    }
}

// One that trains is asked; one that has ended has its checkpoint.
void WatchPage::sample()
{
    const storage::RunOverview* const overview = m_catalog.overview(m_current);
    if (!overview || storage::isLive(overview->run.status))
        return Q_EMIT orderGiven(RunOrder::Sample);
    const RunDetail* const detail = m_catalog.detail(m_current);
    auto* const dialog = new SampleDialog(m_current, QString::fromStdString(overview->run.name),
        detail ? QString::fromStdString(detail->parameter("training.sample_prompt")) : QString(), this);
    connect(dialog, &SampleDialog::sampleRequested, this, &WatchPage::sampleRequested);
    dialog->open();
}

void WatchPage::save(PlotView* chart)
{
    if (const storage::RunOverview* const overview = m_catalog.overview(m_current)) {
        m_charts->save(*chart, QString::fromStdString(overview->run.name));
    }
}

void WatchPage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    const bool other = m_current != current;
    m_current = current;
    m_checked = checked;
    m_cursor = other ? std::nullopt : m_cursor;
    rebuild();
    if (other) {
        m_charts->loss().range().follow();
    }
}

void WatchPage::setActiveRun(storage::RunId run)
{
    m_active = run;
    showCards();
}

} // namespace nabiz::ui
