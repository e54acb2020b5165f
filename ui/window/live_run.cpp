// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/live_run.h"

#include "ui/models/run_catalog.h"
#include "ui/widgets/status_line.h"
#include "ui/window/main_menu.h"
#include "ui/window/page_stack.h"
#include "ui/window/top_bar.h"

namespace nabiz::ui {

LiveRun::LiveRun(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
{
    connectOrders();
    connectCatalog();
    show();
}

void LiveRun::order(QAction* action, RunOrder order)
{
    connect(action, &QAction::triggered, this, [this, order] { Q_EMIT ordered(order); });
}

void LiveRun::connectOrders()
{
    order(m_parts.menu.pause, RunOrder::Pause);
    order(m_parts.menu.resume, RunOrder::Resume);
    order(m_parts.menu.checkpoint, RunOrder::Checkpoint);
    order(m_parts.menu.sample, RunOrder::Sample);
    connect(m_parts.menu.stop, &QAction::triggered, &m_parts.bar, &TopBar::askStop); // it may be taken back
    connect(&m_parts.bar, &TopBar::ordered, this, &LiveRun::ordered);
    connect(this, &LiveRun::ordered, &m_parts.bar, &TopBar::showOrdered);
}

void LiveRun::connectCatalog()
{
    RunCatalog* catalog = &m_parts.catalog;
    connect(catalog, &RunCatalog::runChanged, this, [this](qint64 run) {
        if (run == m_run)
            show();
    });
    connect(catalog, &RunCatalog::runsReset, this, &LiveRun::show);
    connect(catalog, &RunCatalog::checkpointsChanged, this, [this](qint64 run) {
        if (run == m_run)
            m_parts.bar.showCheckpointDone();
    });
    connect(catalog, &RunCatalog::eventAppended, this, [this, catalog](qint64 run) {
        if (run == m_run && catalog->detail(run)->events.back().kind == "warning") // it may be that none is written
            m_parts.bar.showCheckpointDone();
    });
}

void LiveRun::setRun(qint64 run)
{
    const bool isNew = run != 0 && run != m_run;
    m_run = run;
    m_parts.line.setActiveRun(run);
    if (isNew)
        Q_EMIT began(run);
    show();
}

std::optional<storage::RunStatus> LiveRun::status() const
{
    const storage::RunOverview* overview = m_run == 0 ? nullptr : m_parts.catalog.overview(m_run);
    return overview ? std::optional(overview->run.status) : std::nullopt;
}

bool LiveRun::isLive() const
{
    const auto now = status();
    return now && storage::isLive(*now);
}

void LiveRun::show()
{
    const auto now = status();
    m_parts.menu.setStatus(now);
    m_parts.bar.setStatus(now, now ? m_parts.catalog.overview(m_run)->run.started : std::nullopt);
    for (PageWidget* page : m_parts.pages.all())
        page->setActiveRun(isLive() ? m_run : 0);
    Q_EMIT changed();
}

} // namespace nabiz::ui
