// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_layout.h"

#include "ui/charts/shape/curve_extent.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nabiz::ui {
namespace {

std::vector<Tick> xTicks(const PlotContent& content, const PlotMap& map, int most)
{
    if (content.xUnit == XUnit::WallTime) {
        return wallTicks(map.x0, map.x1, most, QLocale());
    }
    if (map.logX) {
        std::vector<Tick> ticks = logTicks(std::max(map.x0, map.xZero + 1e-6), map.x1, most, QLocale());
        if (map.x0 <= map.xZero && map.x1 >= map.xZero) {
            const double room = map.pixelX(map.xZero) + 16;
            std::erase_if(ticks, [&](const Tick& tick) { return map.pixelX(tick.position) < room; });
            ticks.push_back({ map.xZero, QStringLiteral("0") });
        }
        return ticks;
    }
    return isTime(content.xUnit) ? timeTicks(map.x0, map.x1, most, QLocale())
                                 : linearTicks(map.x0, map.x1, most, QLocale());
}

std::vector<Tick> yTicks(const PlotContent& content, double low, double high, int most)
{
    return content.logY ? logTicks(low, high, most, QLocale()) : linearTicks(low, high, most, QLocale());
}

double widest(const std::vector<Tick>& ticks, const QFontMetricsF& metrics)
{
    double width = 0;
    for (const Tick& tick : ticks) {
        width = std::max(width, metrics.horizontalAdvance(tick.label));
    }
    return width;
}

std::pair<double, double> yRangeOf(const PlotContent& content, const PlotFrame& frame, SmoothedCache& cache)
{
    if (!frame.autoY) {
        return { frame.y0, frame.y1 };
    }
    PlotMap map;
    map.logX = content.logX;
    map.x0 = frame.x0;
    map.x1 = frame.x1;
    map.xZero = frame.xZero;
    return yExtent(content, map.fromX(), map.toX(), frame.whole, cache);
}

} // namespace

bool hasHeader(const PlotContent& content)
{
    return !content.title.isEmpty() || !content.unit.isEmpty();
}

QFont smallFont(const QFont& font)
{
    QFont small = font;
    if (font.pixelSize() > 0) {
        small.setPixelSize(std::max(9, font.pixelSize() - 2));
    } else {
        small.setPointSizeF(font.pointSizeF() * 0.86);
    }
    return small;
}

QFont nameFont(const QFont& font)
{
    QFont name = smallFont(font);
    name.setWeight(QFont::DemiBold);
    return name;
}

QString nameOf(const PlotCurve& curve, const QFontMetricsF& metrics, double width)
{
    return metrics.elidedText(curve.label, Qt::ElideMiddle, std::max(40.0, width * 0.25));
}

QMarginsF neededMargins(const PlotContent& content, const PlotFrame& frame, SmoothedCache& cache)
{
    const QFontMetricsF small(smallFont(frame.font));
    const QFontMetricsF names(nameFont(frame.font));
    const double height = small.height();
    QMarginsF margins(0, height * 0.6, 0, content.showXAxis ? height + kLabelGap + 4 : height * 0.6);
    if (hasHeader(content)) {
        margins.setTop(QFontMetricsF(frame.font).height() + height * 0.9);
    }
    const auto [low, high] = yRangeOf(content, frame, cache);
    const double room = std::max(1.0, frame.size.height() - margins.top() - margins.bottom());
    const int most = std::clamp(static_cast<int>(room / (height * 2.6)), 2, 10);
    margins.setLeft(widest(yTicks(content, low, high, most), small) + kLabelGap + 4);
    double right = small.horizontalAdvance(QStringLiteral("0000"));
    for (const PlotCurve& curve : content.curves) {
        if (!curve.label.isEmpty() && !curve.hidden) {
            right = std::max(right, names.horizontalAdvance(nameOf(curve, names, frame.size.width())) + kLabelGap + 8);
        }
    }
    margins.setRight(right);
    return margins;
}

PlotLayout layoutOf(const PlotContent& content, const PlotFrame& frame, SmoothedCache& cache)
{
    const QFontMetricsF small(smallFont(frame.font));
    QMarginsF margins = neededMargins(content, frame, cache);
    margins.setLeft(std::max(margins.left(), frame.leftMargin));
    margins.setRight(std::max(margins.right(), frame.rightMargin));
    PlotLayout layout;
    PlotMap& map = layout.map;
    map.log = content.logY;
    map.logX = content.logX;
    map.xZero = frame.xZero;
    map.area = QRectF(margins.left(), margins.top(),
        std::max(10.0, std::floor(frame.size.width() - margins.left() - margins.right())),
        std::max(10.0, std::floor(frame.size.height() - margins.top() - margins.bottom())));
    map.area.moveTopLeft({ std::round(map.area.left()), std::round(map.area.top()) });
    map.x0 = frame.x0;
    map.x1 = frame.x1;
    std::tie(map.y0, map.y1) = yRangeOf(content, frame, cache);
    const int mostY = std::clamp(static_cast<int>(map.area.height() / (small.height() * 2.6)), 2, 10);
    layout.y = yTicks(content, map.y0, map.y1, mostY);
    const double wide = small.horizontalAdvance(QStringLiteral("0 000 000")) * 1.3;
    layout.x = xTicks(content, map, std::clamp(static_cast<int>(map.area.width() / wide), 2, 8));
    return layout;
}

} // namespace nabiz::ui
