// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_routes.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/resume_dialog.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/requests/seed_repeats.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <utility>

namespace nabiz::ui {

PageRoutes::PageRoutes(const PageParts& parts, PageStack& pages, RunSelection& selection, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_pages(pages)
    , m_selection(selection)
{
    connectPages();
    connectCompare();
}

void PageRoutes::connectPages()
{
    connect(&m_parts.catalog, &RunCatalog::detailLoaded, this, [this](qint64 run) {
        if (run == m_resumeAsks)
            resume(std::exchange(m_resumeAsks, 0), true);
    });
    for (PageWidget* page : m_pages.all()) {
        connect(page, &PageWidget::configureRequested, this, &PageRoutes::configure);
        connect(page, &PageWidget::editAsNewRequested, this, &PageRoutes::editAsNew);
        connect(page, &PageWidget::changeRequested, this, &PageRoutes::change);
        connect(page, &PageWidget::resumeRequested, this, &PageRoutes::resume);
        connect(page, &PageWidget::watchRequested, this, &PageRoutes::watch);
        connect(page, &PageWidget::compareRequested, this, &PageRoutes::compare);
        connect(page, &PageWidget::reportRequested, this, &PageRoutes::report);
    }
}

// What Runs filters is what Compare scatters; what Compare shows is what Report reports on.
void PageRoutes::connectCompare()
{
    auto* compare = m_pages.find<ComparePage>();
    auto* report = m_pages.find<ReportPage>();
    auto* table = m_pages.find<RunsPage>();
    report->setCompareLook([compare] { return compare->look(); });
    report->setPanels(m_parts.layouts);
    connect(table, &RunsPage::shownChanged, this, [table, compare] { compare->setScatterRuns(table->shownRuns()); });
    connect(compare, &ComparePage::comparisonReportRequested, this, [this, report] {
        report->showComparison();
        Q_EMIT pageWanted(Page::Report);
    });
    connect(compare, &ComparePage::runChosen, this, [this](qint64 run) { m_selection.setCurrent(run); });
    connect(compare, &ComparePage::moreSeedsRequested, this, &PageRoutes::repeat);
}

void PageRoutes::repeat(qint64 run, const QList<qint64>& seeds)
{
    for (const qint64 seed : seeds)
        Q_EMIT startRequested(repeatWithSeed(*m_parts.catalog.detail(run), m_parts.presets, seed));
}

void PageRoutes::editAsNew(qint64 run)
{
    if (run == 0)
        return;
    m_pages.find<ConfigurePage>()->editAsNew(run);
    Q_EMIT pageWanted(Page::Configure);
}

void PageRoutes::change(qint64 run, const Changes& changes, bool starts)
{
    if (!starts) {
        m_pages.find<ConfigurePage>()->editAsNew(run, changes);
        return Q_EMIT pageWanted(Page::Configure);
    }
    if (const RunDetail* const detail = m_parts.catalog.detail(run)) {
        StartRequest request = repeatWith(*detail, m_parts.presets, changes);
        request.name = freeRunName(m_parts.catalog, request.name);
        expectRun();
        Q_EMIT startRequested(request);
    }
}

void PageRoutes::resume(qint64 run, bool asks)
{
    if (!asks) {
        expectRun();
        return Q_EMIT startRequested(resumeRequest(run));
    }
    const RunDetail* detail = m_parts.catalog.detail(run);
    if (!detail) {
        m_resumeAsks = run;
        return m_parts.catalog.requireDetail(run);
    }
    auto* dialog = new ResumeDialog(detail->overview, detail->parameters, m_pages.window());
    connect(dialog, &ResumeDialog::chosen, this, [this](const StartRequest& request) {
        expectRun();
        Q_EMIT startRequested(request);
    });
    dialog->open();
}

void PageRoutes::watch(qint64 run)
{
    m_selection.setCurrent(run);
    Q_EMIT pageWanted(Page::Watch);
}

void PageRoutes::compare(const QList<qint64>& runs)
{
    if (runs.isEmpty())
        return;
    m_selection.select({ runs.begin(), runs.end() });
    Q_EMIT pageWanted(Page::Compare);
}

void PageRoutes::report(const QList<qint64>& runs)
{
    if (runs.isEmpty())
        return;
    m_selection.select({ runs.begin(), runs.end() });
    Q_EMIT pageWanted(Page::Report);
}

// One that comes out of the queue takes neither the selection nor the page.
void PageRoutes::onRunBegan(qint64 run)
{
    if (!m_followNext && m_selection.current() != 0)
        return;
    m_selection.add(run);
    if (std::exchange(m_followNext, false))
        Q_EMIT pageWanted(Page::Watch);
}

} // namespace nabiz::ui
