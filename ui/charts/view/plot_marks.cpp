// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_marks.h"

#include "ui/charts/render/plot_text.h"
#include "ui/charts/view/plot_view.h"

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr std::size_t kMostMarksNamed = 8;

} // namespace

const PlacedMark* markAt(const PlotDrawn& drawn, const QPointF& at)
{
    for (const PlacedMark& placed : drawn.marks) {
        if (placed.area.adjusted(-3, -4, 3, 4).contains(at)) {
            return &placed;
        }
    }
    return nullptr;
}

const PlacedMark* markAt(const PlotDrawn& drawn, std::optional<double> x)
{
    return x ? markAt(drawn, QPointF(drawn.map.pixelX(drawn.map.axisX(*x)), drawn.map.area.bottom() - 2)) : nullptr;
}

QString markText(const PlotContent& content, const PlacedMark& placed)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(placed.marks.size(), kMostMarksNamed); ++i) {
        const PlotMark& mark = content.marks[placed.marks[i]];
        const QString what = mark.text.isEmpty() ? markName(mark.kind) : mark.text;
        lines.append(QStringLiteral("%1  %2").arg(xText(mark.x, content.xUnit), what.left(160)));
    }
    if (placed.marks.size() > kMostMarksNamed) {
        lines.append(PlotView::tr("and %n more", nullptr, static_cast<int>(placed.marks.size() - kMostMarksNamed)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace nabiz::ui
