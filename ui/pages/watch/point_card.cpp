// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/point_card.h"

#include "storage/records/run_clock.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_table.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

// On a log axis as the eye measures it.
double distance(const PlotContent& content, double value, double y)
{
    return content.logY && value > 0 && y > 0 ? std::abs(std::log(value / y)) : std::abs(value - y);
}

// The last one up to that batch.
const storage::Event* lineBefore(const RunDetail& run, double batch)
{
    const storage::Event* found = nullptr;
    for (const storage::Event& event : run.events) {
        found = static_cast<double>(event.batch) <= batch ? &event : found;
    }
    return found;
}

} // namespace

PointCard::PointCard(const RunCatalog& catalog, QWidget* parent)
    : Card(parent)
    , m_catalog(catalog)
    , m_table(new WatchTable(true, this))
    , m_close(new QToolButton(this))
{
    m_table->setObjectName(QStringLiteral("pointTable"));
    m_close->setObjectName(QStringLiteral("pointCloseButton"));
    m_close->setIcon(Theme::icon(QStringLiteral("close")));
    m_close->setFocusPolicy(Qt::StrongFocus);
    titleLine()->addWidget(m_close);
    body()->addWidget(m_table);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    retranslate();
    hide();
}

void PointCard::retranslate()
{
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    hide();
}

void PointCard::showRun(storage::RunId run)
{
    if (run != m_run) {
        m_run = run;
        hide();
    }
}

void PointCard::showPoint(const PlotView& plot, double x, double y)
{
    const PlotContent& content = plot.content();
    const std::vector<PlotReading> readings = plot.reader().readings(x);
    const auto nearest = std::min_element(readings.begin(), readings.end(),
        [&](const auto& a, const auto& b) { return distance(content, a.value, y) < distance(content, b.value, y); });
    if (nearest == readings.end()) {
        return;
    }
    const PlotCurve& curve = content.curves[nearest->curve];
    const RunDetail* const run = m_catalog.detail(curve.run != 0 ? curve.run : m_run);
    const RunSeries& series = curve.series->inOrder(curve.x);
    const std::size_t at = series.lastAtOrBefore(x, curve.x);
    if (!run || at >= series.size()) {
        return;
    }
    setTitle(tr("Point at batch %1").arg(countText(static_cast<qint64>(series.batch(at)))));
    std::vector<WatchRow> all = rows(*run, series.name(), series.batch(at), series.time(at));
    all.insert(all.begin() + 1,
        { metricLabel(series.name()),
            numberText(series.value(at) * curve.scale, 6) + (curve.scale == 1 ? QString() : QStringLiteral(" GB")) });
    m_table->setRows(all);
    show();
}

std::vector<WatchRow> PointCard::rows(const RunDetail& run, const std::string& metric, double batch, double time) const
{
    std::vector<WatchRow> rows { { tr("run"), QString::fromStdString(run.overview.run.name) },
        { tr("recorded as"), QString::fromStdString(metric) } };
    const storage::RunClock clock = storage::clockOf(run.overview.run);
    std::size_t segment = 0;
    for (std::size_t i = 0; i < clock.stretches.size(); ++i) {
        segment = clock.stretches[i].from <= time ? i : segment;
    }
    rows.push_back({ tr("segment"),
        tr("%1 of %2").arg(countText(static_cast<qint64>(segment + 1)), countText(std::ssize(clock.stretches))) });
    rows.push_back({ tr("seconds recorded"), numberText(time, 6) });
    if (const double when = clock.at(time); when > 1e6) { // a start is known
        rows.push_back({ tr("time"),
            QLocale().toString(QDateTime::fromMSecsSinceEpoch(std::llround(when * 1000)), QLocale::ShortFormat) });
    }
    if (const storage::Event* const line = lineBefore(run, batch)) {
        rows.push_back({ tr("said last"),
            (line->batch < 0 ? QString() : tr("batch %1: ").arg(countText(line->batch))) + shortName(text(*line)) });
    }
    return rows;
}

} // namespace nabiz::ui
