// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_description.h"

#include "ui/charts/render/plot_notes.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/shape/curve_extent.h"
#include "ui/charts/view/plot_view.h"
#include "ui/text/number_text.h"

namespace nabiz::ui {

QString plotDescription(const PlotContent& content, const PlotDrawn& drawn, const PlotReader& reader)
{
    QStringList parts;
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
            continue;
        }
        const std::size_t size = curve.series->size();
        const RunSeries::Extent extent = curve.series->extent(0, size);
        parts.append(PlotView::tr("%1: %2 points, last %3, lowest %4, highest %5.")
                         .arg(nameOf(curve), countText(static_cast<qint64>(curve.series->total())),
                             numberText(curve.series->value(size - 1) * curve.scale),
                             numberText(extent.minimum * curve.scale), numberText(extent.maximum * curve.scale)));
    }
    if (parts.isEmpty()) {
        return {};
    }
    if (const QString notice = countNotice(drawn); !notice.isEmpty()) {
        parts.append(PlotView::tr("Visible: %1.").arg(notice));
    }
    if (const std::optional<double> cursor = reader.cursorX()) {
        for (const PlotReading& reading : reader.readings(*cursor)) {
            parts.prepend(PlotView::tr("At %1 %2: %3.")
                              .arg(xText(reading.x, content.xUnit), nameOf(content.curves[reading.curve]),
                                  numberText(reading.value, 5)));
        }
    }
    parts.append(PlotView::tr("T shows the values as a table."));
    return parts.join(QLatin1Char(' '));
}

} // namespace nabiz::ui
