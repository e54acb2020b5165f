// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_statistics.h"

#include "ui/charts/render/plot_reading.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/view/plot_view.h"
#include "ui/pages/watch/watch_table.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace nabiz::ui {
namespace {

constexpr int kDelayMs = 150;
constexpr std::size_t kStep = 400'000; // samples: some 10 ms
constexpr std::size_t kMostCurves = 5; // in the card; the clipboard takes all

QString exact(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'g', QLocale::FloatingPointShortest) : QString();
}

} // namespace

StatisticsCard::StatisticsCard(const PlotView& plot, QWidget* parent)
    : WatchFold(QStringLiteral("statisticsButton"), parent)
    , m_plot(plot)
    , m_table(new WatchTable(false, this))
    , m_empty(new QLabel(this))
    , m_copy(new QPushButton(this))
{
    m_table->setObjectName(QStringLiteral("statisticsTable"));
    m_empty->setWordWrap(true);
    Theme::setRole(m_empty, "dim");
    m_copy->setObjectName(QStringLiteral("copyStatisticsButton"));
    m_copy->setProperty("small", true);
    content()->addWidget(m_table);
    content()->addWidget(m_empty);
    content()->addWidget(m_copy, 0, Qt::AlignRight);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &StatisticsCard::begin);
    connect(&m_work, &QTimer::timeout, this, &StatisticsCard::work);
    connect(m_copy, &QPushButton::clicked, this, &StatisticsCard::copy);
    connect(this, &WatchFold::opened, this, &StatisticsCard::restart);
    retranslate();
}

void StatisticsCard::retranslate()
{
    setFoldTitle(tr("Statistics of the visible range"));
    m_empty->setText(tr("No point of the loss is in the visible range."));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the statistics of the visible range"));
    show();
}

void StatisticsCard::restart()
{
    m_work.stop();
    m_entries.clear();
    if (isOpen()) {
        m_delay.start();
    }
}

void StatisticsCard::begin()
{
    const auto [x0, x1] = m_plot.range().xRange();
    m_copy->setText(tr("Copy"));
    for (const PlotCurve& curve : m_plot.content().curves) {
        if (isDrawn(curve) && !curve.series->isPreview()) {
            m_entries.push_back({ nameOf(curve), CurveStatistics(curve, x0, x1) });
        }
    }
    m_work.start(0);
    work();
}

void StatisticsCard::work()
{
    for (Entry& entry : m_entries) {
        if (entry.statistics.step(kStep)) {
            show();
            return;
        }
    }
    m_work.stop();
    show();
}

void StatisticsCard::show()
{
    std::vector<WatchRow> rows;
    const XUnit unit = m_plot.content().xUnit;
    for (std::size_t i = 0; i < std::min(m_entries.size(), kMostCurves); ++i) {
        const CurveStatistics& s = m_entries[i].statistics;
        if (s.points() == 0) {
            continue;
        }
        const auto walked = [&](double value) { return s.isDone() ? numberText(value, 4) : QStringLiteral("…"); };
        rows.push_back({ m_entries[i].name, tr("%1 points").arg(countText(static_cast<qint64>(s.points()))) });
        if (s.finite() < s.points()) {
            rows.push_back({ tr("not finite"), countText(static_cast<qint64>(s.points() - s.finite())), true });
        }
        if (s.finite() > 0) {
            rows.push_back({ tr("lowest, at %1").arg(xText(s.lowestX, unit)), numberText(s.lowest, 5), true });
            rows.push_back({ tr("highest, at %1").arg(xText(s.highestX, unit)), numberText(s.highest, 5), true });
            rows.push_back({ tr("mean"), numberText(s.mean, 5), true });
            rows.push_back({ tr("standard deviation"), walked(s.deviation()), true });
            rows.push_back({ tr("last"), numberText(s.last, 5), true });
            rows.push_back({ isTime(unit) ? tr("slope a second") : tr("slope a %1").arg(xUnitName(unit)),
                walked(s.slope()), true });
        }
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.empty());
    m_copy->setVisible(!rows.empty());
    m_empty->setVisible(rows.empty());
}

void StatisticsCard::copy()
{
    QStringList lines { QStringList { tr("curve"), tr("points"), tr("finite"), tr("lowest"), tr("at"), tr("highest"),
        tr("at"), tr("mean"), tr("standard deviation"), tr("last"), tr("slope") }
                            .join(QLatin1Char('\t')) };
    for (const Entry& entry : m_entries) {
        CurveStatistics s = entry.statistics;
        s.step(s.points()); // whole, also when asked for in a hurry
        lines.append(QStringList { entry.name, QString::number(s.points()), QString::number(s.finite()),
            exact(s.lowest), exact(s.lowestX), exact(s.highest), exact(s.highestX), exact(s.mean), exact(s.deviation()),
            exact(s.last), exact(s.slope()) }
                         .join(QLatin1Char('\t')));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    m_copy->setText(tr("Copied"));
}

} // namespace nabiz::ui
