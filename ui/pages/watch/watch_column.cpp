// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_column.h"

#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/audit_card.h"
#include "ui/pages/watch/checkpoints_card.h"
#include "ui/pages/watch/point_card.h"
#include "ui/pages/watch/watch_cards.h"
#include "ui/pages/watch/watch_cursor.h"
#include "ui/pages/watch/watch_facts.h"
#include "ui/pages/watch/watch_statistics.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace nabiz::ui {

WatchColumn::WatchColumn(RunCatalog& catalog, const PlotView& loss, QWidget* parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("cardsArea"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto* const column = new QWidget(this);
    column->setProperty("plain", true);
    m_cursor = new CursorCard(catalog, loss, column);
    m_point = new PointCard(catalog, column);
    m_statistics = new StatisticsCard(loss, column);
    m_change = new ChangeCard(catalog, column);
    m_audit = new AuditCard(catalog, column);
    m_samples = new SampleCard(catalog, column);
    m_checkpoints = new CheckpointsCard(catalog, column);
    m_facts = new FactsCard(catalog, column);
    m_log = new LogCard(catalog, column);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, kGap, 0);
    layout->setSpacing(12);
    for (QWidget* const card : std::initializer_list<QWidget*> {
             m_cursor, m_point, m_statistics, m_change, m_audit, m_samples, m_checkpoints, m_facts, m_log }) {
        layout->addWidget(card);
    }
    layout->addStretch(1);
    setWidget(column);
    for (WatchFold* const fold : std::initializer_list<WatchFold*> { m_statistics, m_checkpoints, m_facts, m_log }) {
        connect(fold, &WatchFold::opened, this, &WatchColumn::folded);
    }
    connect(m_checkpoints, &CheckpointsCard::changeRequested, this, &WatchColumn::changeRequested);
    connect(m_samples, &SampleCard::sampleRequested, this, &WatchColumn::sampleRequested);
}

void WatchColumn::showRun(storage::RunId run, bool canSample)
{
    m_point->showRun(run);
    m_change->showRun(run);
    m_audit->showRun(run);
    m_samples->showRun(run, canSample);
    m_checkpoints->showRun(run);
    m_facts->showRun(run);
    m_log->showRun(run);
}

void WatchColumn::showPoint(const PlotView& plot, double x, double y)
{
    m_point->showPoint(plot, x, y);
}

void WatchColumn::showCursor(
    storage::RunId run, const std::vector<storage::RunId>& others, const WatchOptions& options, std::optional<double> x)
{
    m_cursor->showAt(run, others, options, x);
}

void WatchColumn::showLineOf(std::size_t event)
{
    m_log->showLineOf(event);
    QMetaObject::invokeMethod(this, [this] { ensureWidgetVisible(m_log); }, Qt::QueuedConnection);
}

void WatchColumn::restartStatistics()
{
    m_statistics->restart();
}

void WatchColumn::retranslate()
{
    m_point->retranslate();
    m_statistics->retranslate();
}

} // namespace nabiz::ui
