// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_header.h"
#include "ui/pages/compare/compare_page_private.h"
#include "ui/pages/compare/compare_samples.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/pages/compare/compare_table.h"
#include "ui/requests/seed_repeats.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QStackedLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kSeeds = 2; // more of each
constexpr int kPalette = 64; // it comes again long before

// The same colour of the light palette.
QColor onPaper(const QColor& color)
{
    if (color == Theme::colors().text) {
        return Theme::lightColors().text;
    }
    for (int i = 0; Theme::isDark() && i < kPalette; ++i) {
        if (color == Theme::seriesColor(i, true)) {
            return Theme::seriesColor(i, false);
        }
    }
    return color;
}

} // namespace

bool ComparePage::Private::isChecked(storage::RunId run) const
{
    return std::find(checked.begin(), checked.end(), run) != checked.end();
}

std::vector<storage::RunId> ComparePage::Private::ordered() const
{
    std::vector<storage::RunId> runs;
    for (const storage::RunId run : checked) {
        if (catalog.detail(run)) {
            runs.push_back(run);
        }
    }
    const auto first = std::find(runs.begin(), runs.end(), baseline);
    if (first != runs.end()) {
        std::rotate(runs.begin(), first, first + 1);
    }
    return runs;
}

void ComparePage::Private::require()
{
    for (const storage::RunId run : std::vector(checked)) {
        catalog.requireDetail(run);
        for (const std::string& metric : { options.metric, std::string("loss"), std::string("val.loss") }) {
            catalog.requireWhole(run, metric);
        }
    }
}

void ComparePage::Private::rebuild()
{
    std::erase_if(checked, [this](storage::RunId run) { return !catalog.overview(run); });
    require();
    const bool enough = checked.size() >= 2;
    if (!isChecked(baseline)) {
        // What a new run is compared with is the one that was there before it.
        baseline = enough ? *std::min_element(checked.begin(), checked.end()) : 0;
    }
    if (!metricChosen) {
        options.metric = usualMetric(catalog, ordered());
    }
    stack->setCurrentIndex(enough ? 1 : 0);
    showEmpty();
    const bool canGroup = hasGroups(compareColumns(lookupIn(catalog), ordered(), true));
    header->show(catalog, checked, baseline, options, canGroup);
    const bool allLoaded = ordered().size() == checked.size();
    chart->setEmptyText(allLoaded ? tr("No curve to show: all are hidden, or none of these runs has this metric.")
                                  : tr("Reading the runs…"));
    showFigures();
}

// Whoever tells all widgets of another look goes through a list of them: none may be gone before it is at its end.
void ComparePage::Private::rebuildLater()
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

void ComparePage::Private::showFigures()
{
    const std::vector<ComparisonColumn> columns = compareColumns(lookupIn(catalog), ordered(), options.grouped);
    series.beginRound();
    chart->setContent(legend->take(compareContent(lookupIn(catalog), series, columns, options)));
    std::vector<QColor> colors;
    for (const ComparisonColumn& column : columns) {
        colors.push_back(column.color);
    }
    comparison = compareEntries(compareEntriesOf(lookupIn(catalog), series, columns), colors, table->choice());
    series.endRound();
    verdict->show(comparison, seedsOffer(comparison));
    table->show(comparison);
    samples->showRuns(columns);
}

std::vector<std::size_t> ComparePage::Private::columnsToSeed(const Comparison& shown) const
{
    std::vector<std::size_t> columns;
    if (!shown.verdict) {
        return columns;
    }
    const bool single = shown.verdict->judgement == Judgement::OneSeed;
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
        const bool lacks = i == 0       ? shown.verdict->baselineSeeds < 2
            : i == shown.verdict->other ? shown.verdict->otherSeeds < 2
                                        : shown.columns[i].runs.size() < 2;
        const bool judged = i == 0 || i == shown.verdict->other;
        if (single ? lacks : judged && shown.verdict->judgement == Judgement::CannotTell) {
            columns.push_back(i);
        }
    }
    return columns;
}

SeedsOffer ComparePage::Private::seedsOffer(const Comparison& shown) const
{
    SeedsOffer offer;
    for (const std::size_t column : columnsToSeed(shown)) {
        offer.useful = true;
        const std::vector<storage::RunId>& runs = shown.columns[column].runs;
        offer.waiting += waitingFor(catalog, runs);
        if (offer.reason.isEmpty()) {
            offer.reason = whyNotRepeatable(catalog.detail(runs.front()));
        }
    }
    return offer;
}

void ComparePage::Private::requestSeeds()
{
    const SeedsOffer offer = seedsOffer(comparison);
    if (!offer.useful || offer.waiting > 0 || !offer.reason.isEmpty()) {
        return;
    }
    for (const std::size_t column : columnsToSeed(comparison)) {
        const std::vector<storage::RunId>& runs = comparison.columns[column].runs;
        QList<qint64> seeds;
        for (const std::int64_t seed : freeSeeds(catalog, runs, kSeeds)) {
            seeds.append(seed);
        }
        Q_EMIT q.moreSeedsRequested(runs.front(), seeds);
    }
}

ComparePage::ComparePage(RunCatalog& catalog, QWidget* parent)
    : PageWidget(parent)
    , m_private(std::make_unique<Private>(*this, catalog))
{
}

ComparePage::~ComparePage() = default;

void ComparePage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    if (m_private->checked != checked) {
        m_private->checked = checked;
        m_private->rebuild();
        m_private->chart->follow();
    }
    m_private->scatter->setCurrentRun(current);
}

CompareLook ComparePage::look() const
{
    CompareLook look { {}, QString::fromStdString(m_private->options.metric), m_private->options.xUnit,
        m_private->options.logY, m_private->options.grouped, {} };
    for (const storage::RunId run : m_private->checked) { // loaded or not
        look.runs.insert(run == m_private->baseline ? 0 : look.runs.size(), run);
    }
    for (const ComparisonColumn& column :
        compareColumns(lookupIn(m_private->catalog), m_private->ordered(), look.grouped)) {
        look.colors[column.runs.front()] = onPaper(column.color);
    }
    return look;
}

storage::RunId ComparePage::baseline() const
{
    return m_private->baseline;
}

void ComparePage::setIgnoredKeys(const QStringList& keys)
{
    m_private->table->setIgnored(keys);
}

void ComparePage::setScatterRuns(std::optional<std::vector<storage::RunId>> runs)
{
    m_private->scatter->setRuns(std::move(runs));
}

void ComparePage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (!m_private) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        m_private->retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_private->rebuildLater();
    }
}

void ComparePage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    m_private->showFigures();
}

} // namespace nabiz::ui
