// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_charts.h"

#include "ui/charts/view/chart_picture.h"
#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/chart_tools.h"
#include "ui/pages/watch/chart_view_menu.h"
#include "ui/pages/watch/memory_content.h"
#include "ui/pages/watch/watch_ledger.h"
#include "ui/panels/ready_panels.h"
#include "ui/widgets/card.h"

#include <QAction>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

// In the charts, or under the cursor.
constexpr const char* kShownMetrics[] = { "loss", "val.loss", "learning_rate", "grad_norm", "tokens_per_second",
    "memory.allocated", "memory.peak", "memory.reserved", "memory.device_other", "memory.process" };

bool hasPoints(const PlotContent& content)
{
    return std::any_of(content.curves.begin(), content.curves.end(),
        [](const PlotCurve& curve) { return curve.series && !curve.series->empty(); });
}

// As they stand by themselves, with the memory below.
bool isStack(const PanelLayout& layout)
{
    QStringList kinds;
    for (const PanelRow& row : layout.rows) {
        for (const PanelSpec& panel : row.panels) {
            kinds.append(row.panels.size() > 1 || panel.torn ? QString() : panel.kind);
        }
    }
    return !kinds.isEmpty() && kinds.front() == QLatin1String(kMainPanel) && kinds.back() == QLatin1String(kMemoryPanel)
        && !kinds.contains(QString());
}

} // namespace

WatchCharts::WatchCharts(RunCatalog& catalog, ChartTools& tools, QWidget* parent)
    : PanelBoard(QStringLiteral("watchSplitter"), parent)
    , m_catalog(catalog)
    , m_tools(tools)
    , m_loss(addChart(kMainPanel, "lossChart", &m_lossLegend))
    , m_rate(addChart(kRatePanel, "rateChart", &m_rateLegend))
    , m_memory(addChart(kMemoryPanel, "memoryChart", &m_memoryLegend))
    , m_ledger(new WatchLedger(m_memoryLegend->parentWidget()))
{
    m_memoryLegend->parentWidget()->layout()->addWidget(m_ledger);
    connect(m_ledger, &WatchLedger::toggled, this, &WatchCharts::curvesChosen);
    setOwnShown(kRatePanel, false);
    PlotView::link(*m_loss, *m_memory);
    PlotView::link(*m_loss, *m_rate);
    PlotView::link(*m_rate, *m_memory);
    for (PlotView* const plot : { m_loss, m_rate, m_memory }) {
        connectChart(*plot);
    }
    connect(this, &PanelBoard::menuAboutToShow, this, [this](PlotView* plot, QMenu* menu) { fillMenu(*plot, *menu); });
    const ChartViewMenu* const view = &tools.view();
    connect(view, &ChartViewMenu::lengthChosen, &m_loss->range(), &PlotRange::setFollowedLength);
    connect(view, &ChartViewMenu::valuesToggled, &m_loss->reader(), &PlotReader::setValuesShown);
    connect(&m_loss->reader(), &PlotReader::valuesShownChanged, view, &ChartViewMenu::setValuesShown);
    connect(view, &ChartViewMenu::copyRequested, m_loss, [this] { copyPicture(*m_loss); });
    connect(view, &ChartViewMenu::saveRequested, this, [this] { Q_EMIT saveRequested(m_loss); });
}

PlotView* WatchCharts::addChart(const char* kind, const char* name, PlotLegend** legend)
{
    auto* const card = new Card(this);
    auto* const plot = new PlotView(card);
    *legend = new PlotLegend(card);
    plot->setObjectName(QLatin1String(name));
    (*legend)->setObjectName(QLatin1String(name) + QStringLiteral("Legend"));
    (*legend)->attach(*plot);
    card->body()->addWidget(plot, 1);
    card->body()->addWidget(*legend);
    addOwn(kind, card, *plot);
    connect(*legend, &PlotLegend::changed, this, &WatchCharts::curvesChosen);
    return plot;
}

void WatchCharts::connectChart(PlotView& plot)
{
    connect(&plot.reader(), &PlotReader::cursorMoved, this, &WatchCharts::cursorMoved);
    connect(&plot.reader(), &PlotReader::pinMoved, this, &WatchCharts::pinsMoved);
    connect(&plot.range(), &PlotRange::followingChanged, this, &WatchCharts::followingChanged);
    connect(&plot.range(), &PlotRange::xRangeChanged, this, &WatchCharts::rangeChanged);
    connect(&plot, &PlotView::logRequested, &m_tools, &ChartTools::toggleLog);
    connect(&plot, &PlotView::logXRequested, &m_tools.view(), &ChartViewMenu::toggleLogX);
    connect(&plot, &PlotView::clipRequested, &m_tools.view(), &ChartViewMenu::toggleClip);
    connect(&plot, &PlotView::menuAboutToShow, this, [this, &plot](QMenu* menu) { fillMenu(plot, *menu); });
}

std::array<PlotContent, 3> WatchCharts::contents(const WatchOptions& options) const
{
    return { lossContent(m_catalog, m_current, m_checked, options),
        rateContent(m_catalog, m_current, m_checked, options),
        memoryContent(m_catalog, m_current, options, m_ledger->isOpen()) };
}

void WatchCharts::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    m_current = current;
    m_checked = checked;
    m_ledger->showRun(m_catalog.detail(current));
    const WatchOptions& options = m_tools.options();
    auto [curves, rates, bytes] = contents(options);
    curves = m_lossLegend->take(std::move(curves));
    bytes = m_memoryLegend->take(std::move(bytes));
    rates = m_rateLegend->take(std::move(rates));
    m_drawn = curves.curves.size() + bytes.curves.size() + rates.curves.size();
    // The x axis is drawn once, under the lowest chart that has something to show.
    const bool sharesAxis = options.linked && isStack(panels());
    rates.showXAxis = !sharesAxis || !hasPoints(bytes);
    curves.showXAxis = rates.showXAxis && (!sharesAxis || !options.rate || !hasPoints(rates));
    setOwnShown(kRatePanel, options.rate);
    m_rate->setContent(std::move(rates));
    m_loss->setContent(std::move(curves));
    m_memory->setContent(std::move(bytes));
    for (PlotView* const plot : { m_rate, m_memory }) {
        plot->range().setShared(options.linked);
    }
}

void WatchCharts::setEmptyTexts(bool isLoaded, const storage::RunOverview& run)
{
    const bool isLive = storage::isLive(run.run.status);
    m_loss->setEmptyText(!isLoaded    ? tr("Reading the run…")
            : isLive                  ? tr("The curve begins with the first batch.")
            : run.summary.batches > 0 ? tr("This run has no metric called loss.") // another program's
                                      : tr("This run ended before its first batch."));
    setEmptyText(isLoaded ? tr("None of these metrics is recorded in the runs shown.") : tr("Reading the run…"));
    m_rate->setEmptyText(tr("No learning rate was noted."));
    m_memory->setEmptyText(isLive ? tr("Memory is measured with every batch.") : tr("No memory was measured."));
}

bool WatchCharts::refresh()
{
    WatchOptions options = m_tools.options();
    options.marks = false; // only to count
    std::size_t curves = 0;
    for (const PlotContent& content : contents(options)) {
        curves += content.curves.size();
    }
    if (curves != m_drawn) {
        return false;
    }
    for (PlotView* const plot : { m_loss, m_rate, m_memory }) {
        plot->refresh();
    }
    return true;
}

bool WatchCharts::isCloser() const
{
    const auto charts = { m_loss, m_rate, m_memory };
    return std::any_of(
        charts.begin(), charts.end(), [](const PlotView* plot) { return !plot->range().view().showsAll(); });
}

void WatchCharts::fillMenu(PlotView& plot, QMenu& menu)
{
    menu.addSeparator();
    QAction* const copy = menu.addAction(tr("Copy as a pict&ure"));
    copy->setObjectName(QStringLiteral("plotCopyPicture"));
    connect(copy, &QAction::triggered, &plot, [&plot] { copyPicture(plot); });
    QAction* const file = menu.addAction(tr("&Save…"));
    file->setObjectName(QStringLiteral("plotSave"));
    connect(file, &QAction::triggered, &plot, [this, &plot] { Q_EMIT saveRequested(&plot); });
}

void WatchCharts::askForPoints()
{
    for (const char* const metric : kShownMetrics) {
        m_catalog.requireWhole(m_current, metric);
    }
}

void WatchCharts::save(PlotView& first, const QString& name)
{
    askForPoints(); // a table of them has them all
    std::vector<PlotView*> charts = plots();
    std::erase(charts, &first);
    charts.insert(charts.begin(), &first);
    auto* const dialog = new ChartSaveDialog(std::move(charts), name, m_writer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace nabiz::ui
