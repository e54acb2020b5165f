// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_notes.h"

#include "ui/text/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace nabiz::ui {

QString countNotice(const PlotDrawn& drawn)
{
    if (drawn.total == 0) {
        return {};
    }
    const QString total = countText(static_cast<qint64>(drawn.total));
    if (drawn.isPreview) {
        return QCoreApplication::translate("PlotView", "the extremes of %1 points, reading all…").arg(total);
    }
    QString text = QCoreApplication::translate("PlotView", "%1 of %2 points")
                       .arg(countText(static_cast<qint64>(drawn.visible)), total);
    if (drawn.batchesPerPixel > 1) {
        text += QStringLiteral(" · ")
            + QCoreApplication::translate("PlotView", "1 px ≈ %1 batches, as an envelope")
                  .arg(countText(std::llround(drawn.batchesPerPixel)));
    }
    return text;
}

QString notesOf(const PlotContent& content, const std::vector<CurveShape>& shapes)
{
    std::size_t notShown = 0, nonFinite = 0;
    for (const CurveShape& shape : shapes) {
        notShown += shape.notShown;
        nonFinite += shape.nonFiniteCount;
    }
    QStringList notes = content.notes;
    if (notShown > 0) {
        notes.append(QCoreApplication::translate("PlotView", "%1 not above 0, which a log axis cannot show")
                         .arg(countText(static_cast<qint64>(notShown))));
    }
    if (nonFinite > 0) {
        notes.append(QCoreApplication::translate("PlotView", "%1 not finite (▲)")
                         .arg(countText(static_cast<qint64>(nonFinite))));
    }
    return notes.join(QStringLiteral(" · "));
}

} // namespace nabiz::ui
