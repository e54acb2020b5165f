// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_page.h"

#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/audit_card.h"
#include "ui/pages/watch/watch_cards.h"
#include "ui/pages/watch/watch_cursor.h"
#include "ui/pages/watch/watch_facts.h"
#include "ui/pages/watch/watch_header.h"
#include "ui/pages/watch/watch_marks.h"
#include "ui/pages/watch/watch_page_private.h"
#include "ui/pages/watch/watch_statistics.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {
namespace {

// In the charts, or under the cursor.
constexpr const char* kShownMetrics[] = { "loss", "val.loss", "learning_rate", "grad_norm", "tokens_per_second",
    "memory.allocated", "memory.peak", "memory.reserved", "memory.device_other", "memory.process" };

// The reason as it was stored, or, where an event tells the same, in the window's language.
QString failureText(const storage::Run& run, const RunDetail* detail)
{
    if (detail && !run.failure.empty()) {
        for (const storage::Event& event : detail->events) {
            if (event.text == run.failure)
                return text(event);
        }
    }
    return QString::fromStdString(run.failure);
}

} // namespace

bool WatchPage::Private::shows(storage::RunId run) const
{
    if (run == current || std::find(checked.begin(), checked.end(), run) != checked.end()) {
        return true;
    }
    const storage::RunOverview* const overview = catalog.overview(current);
    return overview && overview->run.parent == run;
}

void WatchPage::Private::askForDetails()
{
    catalog.requireDetail(current);
    catalog.requireWhole(current, "loss"); // an average is one of all points
    for (const storage::RunId run : checked) {
        catalog.requireDetail(run);
        catalog.requireWhole(run, "loss");
    }
    if (looksClosely()) {
        askForPoints();
    }
}

void WatchPage::Private::askForPoints()
{
    for (const char* const metric : kShownMetrics) {
        catalog.requireWhole(current, metric);
    }
}

// The extremes of a long run's other curves are enough to draw them whole, and its last values.
bool WatchPage::Private::looksClosely() const
{
    return cursor || loss->isCloser() || rate->isCloser() || memory->isCloser();
}

// Contents point into the catalogue: they are replaced at once, also while hidden; only the cards can wait.
void WatchPage::Private::rebuild()
{
    const storage::RunOverview* const overview = catalog.overview(current);
    stack->setCurrentIndex(overview ? 1 : 0);
    emptyText->setText(catalog.runs().empty()
            ? tr("No run yet. Its loss and memory will be drawn here, batch by batch, from the moment it starts.")
            : tr("Select a run in the list to see its loss, its memory and what it writes."));
    emptyButton->setText(tr("Choose a preset"));
    emptyButton->setVisible(catalog.runs().empty());
    header->setUnits(xUnitsOf(details()));
    PlotContent curves = lossLegend->take(lossContent(catalog, overview ? current : 0, checked, header->options()));
    drawnCurves = curves.curves.size();
    PlotContent bytes = memoryLegend->take(memoryContent(catalog, overview ? current : 0, header->options()));
    drawnCurves += bytes.curves.size();
    PlotContent rates = rateLegend->take(rateContent(catalog, overview ? current : 0, checked, header->options()));
    drawnCurves += rates.curves.size();
    // The x axis is drawn once, under the lowest chart that has something to show.
    const auto hasPoints = [](const PlotContent& content) {
        return std::any_of(content.curves.begin(), content.curves.end(),
            [](const PlotCurve& curve) { return curve.series && !curve.series->empty(); });
    };
    rates.showXAxis = !header->options().linked || !hasPoints(bytes);
    curves.showXAxis = rates.showXAxis && (!header->options().linked || !header->options().rate || !hasPoints(rates));
    rateCard->setVisible(header->options().rate);
    rate->setContent(std::move(rates));
    loss->setContent(std::move(curves));
    memory->setContent(std::move(bytes));
    for (PlotView* const plot : { rate, memory }) {
        plot->setSharesRange(header->options().linked);
    }
    statistics->restart();
    if (!overview) {
        return;
    }
    askForDetails();
    const bool live = storage::isLive(overview->run.status);
    loss->setEmptyText(!catalog.detail(current) ? tr("Reading the run…")
            : live                              ? tr("The curve begins with the first batch.")
                                                : tr("This run ended before its first batch."));
    rate->setEmptyText(tr("No learning rate was noted."));
    memory->setEmptyText(live ? tr("Memory is measured with every batch.") : tr("No memory was measured."));
    stale = !q.isVisible();
    showCards();
}

// Whoever tells all widgets of another look goes through a list of them: none may be gone before it is at its end.
void WatchPage::Private::rebuildLater()
{
    if (!std::exchange(isAwaited, true)) {
        QMetaObject::invokeMethod(
            &q,
            [this] {
                isAwaited = false;
                rebuild();
            },
            Qt::QueuedConnection);
    }
}

void WatchPage::Private::showCards()
{
    const storage::RunOverview* const overview = catalog.overview(current);
    if (!overview || !q.isVisible()) {
        stale = true;
        return;
    }
    showState();
    if (const QString reason = failureText(overview->run, catalog.detail(current)); failure->toPlainText() != reason) {
        failure->setPlainText(reason); // what is selected in it stays
    }
    failure->setAccessibleName(statusName(overview->run.status));
    failureCard->setVisible(!overview->run.failure.empty());
    cursorCard->showAt(current, checked, header->options(), cursor);
    if (loss->isUnfinished() && !cardsTimer.isActive()) {
        cardsTimer.start(); // its average at the cursor is still being computed
    }
    changeCard->showRun(current);
    auditCard->showRun(current);
    sampleCard->showRun(current, active == current && overview->run.status == storage::RunStatus::Running);
    facts->showRun(current);
    log->showRun(current);
}

void WatchPage::Private::showState()
{
    if (const storage::RunOverview* const overview = catalog.overview(current)) {
        header->showRun(*overview);
        header->setFollowing(loss->isFollowing(), storage::isLive(overview->run.status));
    }
}

void WatchPage::Private::showCursor(std::optional<double> x)
{
    cursor = x;
    askForDetails();
    cursorCard->showAt(current, checked, header->options(), cursor);
}

void WatchPage::Private::onPoints(storage::RunId run)
{
    if (!shows(run)) {
        return;
    }
    WatchOptions options = header->options();
    options.marks = false; // only to count
    const std::size_t curves = lossContent(catalog, current, checked, options).curves.size()
        + rateContent(catalog, current, checked, options).curves.size()
        + memoryContent(catalog, current, options).curves.size();
    if (curves != drawnCurves) {
        rebuild(); // the first value of a metric
        return;
    }
    loss->refresh();
    rate->refresh();
    memory->refresh();
    if (!cardsTimer.isActive()) {
        cardsTimer.start();
    }
}

std::vector<const RunDetail*> WatchPage::Private::details() const
{
    std::vector<const RunDetail*> found;
    for (const storage::RunId run : checked) {
        found.push_back(catalog.detail(run));
    }
    found.push_back(catalog.detail(current));
    std::erase(found, nullptr);
    return found;
}

void WatchPage::Private::openMark(qint64 event)
{
    const RunDetail* const detail = catalog.detail(current);
    if (event == kNoEvent || !detail || static_cast<std::size_t>(event) >= detail->events.size()) {
        return;
    }
    log->showLineOf(static_cast<std::size_t>(event));
    QMetaObject::invokeMethod(cardsArea, [this] { cardsArea->ensureWidgetVisible(log); }, Qt::QueuedConnection);
}

void WatchPage::Private::fillMenu(PlotView& plot, QMenu& menu)
{
    menu.addSeparator();
    QAction* const copy = menu.addAction(tr("Copy as a pict&ure"));
    copy->setObjectName(QStringLiteral("plotCopyPicture"));
    connect(copy, &QAction::triggered, &plot, [&plot] { copyPicture(plot); });
    QAction* const file = menu.addAction(tr("&Save…"));
    file->setObjectName(QStringLiteral("plotSave"));
    connect(file, &QAction::triggered, &plot, [this, &plot] { save(plot); });
}

void WatchPage::Private::save(PlotView& first)
{
    const storage::RunOverview* const overview = catalog.overview(current);
    if (!overview) {
        return;
    }
    askForPoints(); // a table of them has them all
    std::vector<PlotView*> charts { &first };
    for (PlotView* const plot : { loss, rate, memory }) {
        if (plot != &first && plot->isVisible()) {
            charts.push_back(plot);
        }
    }
    auto* const dialog = new ChartSaveDialog(std::move(charts), QString::fromStdString(overview->run.name), &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

WatchPage::WatchPage(RunCatalog& catalog, QWidget* parent)
    : PageWidget(parent)
    , m_private(std::make_unique<Private>(*this, catalog))
{
}

WatchPage::~WatchPage() = default;

void WatchPage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    Private& d = *m_private;
    const bool other = d.current != current;
    d.current = current;
    d.checked = checked;
    if (other) {
        d.cursor.reset();
    }
    d.rebuild();
    if (other) {
        d.loss->follow();
    }
}

storage::RunId WatchPage::currentRun() const
{
    return m_private->current;
}

void WatchPage::setActiveRun(storage::RunId run)
{
    m_private->active = run;
    m_private->showCards();
}

void WatchPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (!m_private) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        m_private->header->retranslate();
        m_private->statistics->retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_private->rebuildLater();
    }
}

void WatchPage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    if (std::exchange(m_private->stale, false)) {
        m_private->showCards();
    }
}

} // namespace nabiz::ui
