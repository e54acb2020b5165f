// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_reading.h"

#include "ui/charts/render/plot_text.h"
#include "ui/charts/shape/curve_extent.h"
#include "ui/text/message_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace nabiz::ui {
namespace {

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

// All digits: they may be reckoned with.
QString exact(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

std::vector<PlotReading> readingsAt(const PlotContent& content, double x, SmoothedCache& cache)
{
    std::vector<PlotReading> readings;
    for (std::size_t c = 0; c < content.curves.size(); ++c) {
        const PlotCurve& curve = content.curves[c];
        if (!isDrawn(curve)) {
            continue;
        }
        const RunSeries& series = curve.series->inOrder(curve.x);
        const std::size_t i = series.lastAtOrBefore(x, curve.x);
        if (i == series.size()) {
            continue;
        }
        PlotReading reading { c, series.x(i, curve.x), series.value(i) * curve.scale, std::nullopt };
        if (isSmoothed(curve, content) && !series.isPreview()) {
            const SmoothedSeries& smoothed = cache.smoothed(series, content.smoothing);
            if (i < smoothed.size()) {
                reading.smoothed = smoothed[i] * curve.scale;
            }
        }
        readings.push_back(reading);
    }
    return readings;
}

QString nameOf(const PlotCurve& curve)
{
    return !curve.label.isEmpty() ? curve.label : curve.series ? metricLabel(curve.series->name()) : QString();
}

QString readingsAsText(const PlotContent& content, const std::vector<PlotReading>& readings)
{
    QStringList lines { QStringList {
        tr("curve"), xUnitName(content.xUnit), tr("value"), tr("smoothed"), tr("difference to the first") }
                            .join(QLatin1Char('\t')) };
    for (const PlotReading& reading : readings) {
        lines.append(QStringList { nameOf(content.curves[reading.curve]),
            content.xUnit == XUnit::WallTime ? xText(reading.x, content.xUnit) : exact(reading.x), exact(reading.value),
            reading.smoothed ? exact(*reading.smoothed) : QString(), exact(reading.value - readings.front().value) }
                         .join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace nabiz::ui
