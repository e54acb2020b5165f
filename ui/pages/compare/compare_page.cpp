// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_details.h"
#include "ui/pages/compare/compare_grid.h"
#include "ui/pages/compare/compare_header.h"
#include "ui/pages/compare/compare_samples.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/pages/compare/compare_table.h"
#include "ui/pages/compare/compare_verdict.h"
#include "ui/panels/layout_menu.h"
#include "ui/panels/panel_board.h"
#include "ui/panels/panel_desk.h"
#include "ui/panels/ready_panels.h"
#include "ui/requests/seed_repeats.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_place.h"

#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kSeeds = 2; // more of each
constexpr int kLowest = 14; // lines of text, of the curves with their title and legend
constexpr int kFiguresMs = 500; // of a run that goes on

// The curves alone. Not among the shipped ones: they begin on Watch.
PanelLayout firstLayout()
{
    PanelSpec curves;
    curves.kind = QLatin1String(kMainPanel);
    return { QStringLiteral("Curves"), { { { curves }, 100 } } };
}

} // namespace

ComparePage::ComparePage(RunCatalog& catalog, LayoutShelf& layouts, QWidget* parent)
    : PageWidget(parent)
    , m_catalog(catalog)
    , m_choice(catalog)
    , m_rebuildLater([this] { rebuild(); }, nullptr)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyPlace("emptyText", "compareEmptyButton"))
    , m_header(new CompareHeader)
    , m_verdict(new CompareVerdict)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_board(new PanelBoard(QStringLiteral("comparePanels"), m_splitter))
{
    m_figuresTimer.setSingleShot(true);
    m_figuresTimer.setInterval(kFiguresMs);
    assemble();
    m_panels = new PanelDesk(*m_board, layouts, catalog, firstLayout(), this);
    m_header->add(&m_panels->menu());
    connectHeader();
    connectParts();
    connectCatalog();
    retranslate();
    rebuild();
}

void ComparePage::assemble()
{
    m_stack->addWidget(m_empty);
    auto* const card = new Card;
    m_chart = new PlotView(card);
    m_chart->setObjectName(QStringLiteral("compareChart"));
    m_legend = new PlotLegend(card);
    m_legend->attach(*m_chart);
    card->body()->addWidget(m_chart, 1);
    card->body()->addWidget(m_legend);
    m_board->addOwn(kMainPanel, card, *m_chart);

    auto* const page = new QWidget(this);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_verdict);
    layout->addWidget(m_splitter, 1);
    m_splitter->setObjectName(QStringLiteral("compareSplitter"));
    m_splitter->setHandleWidth(12);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_board);
    auto* const scroll = new QScrollArea(this); // a low screen shows one after the other
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    page->setProperty("plain", true);
    scroll->setWidget(page);
    m_board->setMinimumHeight(kLowest * fontMetrics().height());
    m_stack->addWidget(scroll);
    m_details = new CompareDetails(m_catalog, m_splitter);
    m_splitter->setStretchFactor(0, 50);
    m_splitter->setStretchFactor(1, 50);
    m_splitter->setSizes({ 500, 500 });
    m_details->setMinimumHeight(kLowest * fontMetrics().height());
}

void ComparePage::showEmpty()
{
    m_empty->setAction(m_choice.newestTwo().size() == 2 ? tr("Compare the newest two") : tr("Configure a run"), true,
        m_catalog.runs().empty() ? QString() : tr("Beside the reported run"));
}

void ComparePage::connectHeader()
{
    connect(m_header, &CompareHeader::reportRequested, this, &ComparePage::comparisonReportRequested);
    connect(m_header, &CompareHeader::baselineChosen, this, [this](qint64 run) {
        m_choice.setBaseline(run);
        rebuild();
    });
    connect(m_header, &CompareHeader::metricChosen, this, [this](const QString& metric) {
        m_choice.setMetric(metric.toStdString());
        rebuild();
    });
    connect(m_header, &CompareHeader::xUnitChosen, this, [this](int unit) {
        m_choice.options.xUnit = static_cast<XUnit>(unit);
        showFigures();
    });
    connect(m_header, &CompareHeader::groupedChosen, this, [this](bool grouped) {
        m_choice.options.grouped = grouped;
        showFigures();
    });
    connect(m_header, &CompareHeader::logChosen, this, [this](bool log) {
        m_choice.options.logY = log;
        showFigures();
    });
}

void ComparePage::connectParts()
{
    connect(&m_figuresTimer, &QTimer::timeout, this, &ComparePage::showFigures);
    connect(m_empty, &EmptyPlace::otherClicked, this, [this] {
        if (m_choice.checked().empty())
            Q_EMIT compareRequested({ m_catalog.runs().front().run.id });
        Q_EMIT reportedRunRequested();
    });
    connect(m_header, &CompareHeader::reportedRunRequested, this, &ComparePage::reportedRunRequested);
    connect(m_empty, &EmptyPlace::clicked, this, [this] {
        const QList<qint64> two = m_choice.newestTwo();
        two.size() == 2 ? Q_EMIT compareRequested(two) : Q_EMIT configureRequested();
    });
    connect(m_header, &CompareHeader::xUnitChosen, this, &ComparePage::stateChanged);
    for (const auto signal : { &CompareHeader::groupedChosen, &CompareHeader::logChosen }) {
        connect(m_header, signal, this, &ComparePage::stateChanged);
    }
    connect(m_header, &CompareHeader::baselineChosen, this, &ComparePage::stateChanged);
    connect(m_header, &CompareHeader::metricChosen, this, &ComparePage::stateChanged);
    connect(m_details, &CompareDetails::tabChosen, this, &ComparePage::stateChanged);
    connect(m_chart, &PlotView::logRequested, m_header, &CompareHeader::toggleLog);
    connect(m_legend, &PlotLegend::changed, this, &ComparePage::showFigures);
    connect(m_panels, &PanelDesk::changed, this, &ComparePage::stateChanged);
    connect(m_verdict, &CompareVerdict::seedsRequested, this, &ComparePage::requestSeeds);
    const CompareTable* const table = &m_details->table();
    connect(table, &CompareTable::choiceChanged, this, &ComparePage::stateChanged);
    connect(table, &CompareTable::choiceChanged, this, &ComparePage::showFigures);
    connect(table, &CompareTable::ignoredChanged, this, &ComparePage::ignoredKeysChanged);
    connect(&m_details->scatter(), &CompareScatter::runChosen, this, &ComparePage::runChosen);
    connect(&m_details->grid(), &CompareGrid::runChosen, this, &ComparePage::runChosen);
    connect(&m_details->grid(), &CompareGrid::groupChosen, this, &ComparePage::compareRequested);
}

void ComparePage::connectCatalog()
{
    const auto changed = [this](qint64 run) {
        if (m_choice.isChecked(run)) {
            rebuild();
        } else if (!m_figuresTimer.isActive() && isVisible()) {
            m_figuresTimer.start(); // it may be a repeat that is waited for
        }
        showEmpty();
    };
    connect(&m_catalog, &RunCatalog::runChanged, this, changed);
    connect(&m_catalog, &RunCatalog::runAdded, this, changed);
    connect(&m_catalog, &RunCatalog::detailLoaded, this, changed);
    connect(&m_catalog, &RunCatalog::runsReset, this, [this] { rebuild(); });
    connect(&m_catalog, &RunCatalog::runRemoved, this, [this](qint64) { rebuild(); });
    connect(&m_catalog, &RunCatalog::pointsAppended, this, [this](qint64 run) {
        if (!m_choice.isChecked(run)) {
            return;
        }
        m_chart->refresh();
        m_panels->grow();
        if (!m_figuresTimer.isActive()) {
            m_figuresTimer.start();
        }
    });
}

void ComparePage::retranslate()
{
    m_empty->setText(tr("Check two or more runs in the list: their curves, the settings they differ in and their "
                        "results will stand here side by side."));
    showEmpty();
    m_header->retranslateUi();
    m_details->retranslateUi();
}

void ComparePage::rebuild()
{
    m_choice.settle();
    const bool enough = m_choice.checked().size() >= 2;
    m_stack->setCurrentIndex(enough ? 1 : 0);
    showEmpty();
    m_header->show(m_catalog, m_choice.checked(), m_choice.baseline(), m_choice.options, m_choice.canGroup());
    const bool allLoaded = m_choice.ordered().size() == m_choice.checked().size();
    m_chart->setEmptyText(allLoaded ? tr("No curve to show: all are hidden, or none of these runs has this metric.")
                                    : tr("Reading the runs…"));
    showFigures();
}

void ComparePage::showFigures()
{
    const std::vector<ComparisonColumn> columns = m_choice.columns();
    m_series.beginRound();
    m_chart->setContent(m_legend->take(compareContent(lookupIn(m_catalog), m_series, columns, m_choice.options)));
    std::vector<QColor> colors;
    for (const ComparisonColumn& column : columns) {
        colors.push_back(column.color);
    }
    m_comparison
        = compareEntries(compareEntriesOf(lookupIn(m_catalog), m_series, columns), colors, m_details->table().choice());
    m_series.endRound();
    m_verdict->show(m_comparison, seedsOffer(m_catalog, m_comparison));
    m_details->table().show(m_comparison);
    m_details->samples().showRuns(columns);
    m_details->grid().showRuns(m_choice.ordered());
    showPanels();
}

// Of the runs themselves, the baseline first: means of seeds are the chart's.
void ComparePage::showPanels()
{
    m_board->setEmptyText(tr("None of these metrics is recorded in these runs."));
    m_panels->showRuns(m_choice.ordered(), { .xUnit = m_choice.options.xUnit });
}

void ComparePage::requestSeeds()
{
    const SeedsOffer offer = seedsOffer(m_catalog, m_comparison);
    if (!offer.useful || offer.waiting > 0 || !offer.reason.isEmpty()) {
        return;
    }
    for (const std::size_t column : columnsToSeed(m_comparison)) {
        const std::vector<storage::RunId>& runs = m_comparison.columns[column].runs;
        QList<qint64> seeds;
        for (const std::int64_t seed : freeSeeds(m_catalog, runs, kSeeds)) {
            seeds.append(seed);
        }
        Q_EMIT moreSeedsRequested(runs.front(), seeds);
    }
}

void ComparePage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    if (m_choice.setChecked(checked)) {
        rebuild();
        m_chart->range().follow();
    }
    m_details->scatter().setCurrentRun(current);
}

void ComparePage::setIgnoredKeys(const QStringList& keys)
{
    m_details->table().setIgnored(keys);
}

void ComparePage::setScatterRuns(std::optional<std::vector<storage::RunId>> runs)
{
    m_details->scatter().setRuns(std::move(runs));
}

void ComparePage::setBaseline(storage::RunId run)
{
    m_choice.setBaseline(run);
    rebuild();
}

} // namespace nabiz::ui
