// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_renderer.h"

#include "ui/charts/render/plot_renderer_layout.h"
#include "ui/charts/shape/chart_curves.h"
#include "ui/text/number_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nabiz::ui {

class PlotRenderer::Curves : public ChartCurves { };

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

int columnPixels(std::size_t curves)
{
    return curves > 12 ? 3 : curves > 4 ? 2 : 1;
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

// What of the data cannot be seen, and why.
QString notesOf(const PlotContent& content, const std::vector<CurveShape>& shapes)
{
    std::size_t notShown = 0, nonFinite = 0;
    for (const CurveShape& shape : shapes) {
        notShown += shape.notShown;
        nonFinite += shape.nonFiniteCount;
    }
    QStringList notes = content.notes;
    if (notShown > 0) {
        notes.append(plotText(QT_TRANSLATE_NOOP("PlotView", "%1 not above 0, which a log axis cannot show"))
                         .arg(countText(static_cast<qint64>(notShown))));
    }
    if (nonFinite > 0) {
        notes.append(plotText(QT_TRANSLATE_NOOP("PlotView", "%1 not finite (▲)"))
                         .arg(countText(static_cast<qint64>(nonFinite))));
    }
    return notes.join(QStringLiteral(" · "));
}

} // namespace

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

QString countNotice(const PlotDrawn& drawn)
{
    if (drawn.total == 0) {
        return {};
    }
    const QString total = countText(static_cast<qint64>(drawn.total));
    if (drawn.isPreview) {
        return plotText(QT_TRANSLATE_NOOP("PlotView", "the extremes of %1 points, reading all…")).arg(total);
    }
    QString text = plotText(QT_TRANSLATE_NOOP("PlotView", "%1 of %2 points"))
                       .arg(countText(static_cast<qint64>(drawn.visible)), total);
    if (drawn.batchesPerPixel > 1) {
        text += QStringLiteral(" · ")
            + plotText(QT_TRANSLATE_NOOP("PlotView", "1 px ≈ %1 batches, as an envelope"))
                  .arg(countText(std::llround(drawn.batchesPerPixel)));
    }
    return text;
}

PlotRenderer::PlotRenderer()
    : m_curves(std::make_unique<Curves>())
{
}

PlotRenderer::~PlotRenderer() = default;

QMarginsF PlotRenderer::neededMargins(const PlotContent& content, const PlotFrame& frame)
{
    const QFontMetricsF small(smallFont(frame.font));
    const QFontMetricsF names(nameFont(frame.font));
    const double height = small.height();
    QMarginsF margins(0, height * 0.6, 0, content.showXAxis ? height + kLabelGap + 4 : height * 0.6);
    if (hasHeader(content)) {
        margins.setTop(QFontMetricsF(frame.font).height() + height * 0.9);
    }
    const auto [low, high] = yRangeOf(content, frame, m_smoothed);
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

PlotRenderer::Layout PlotRenderer::layout(const PlotContent& content, const PlotFrame& frame)
{
    const QFontMetricsF small(smallFont(frame.font));
    QMarginsF margins = neededMargins(content, frame);
    margins.setLeft(std::max(margins.left(), frame.leftMargin));
    margins.setRight(std::max(margins.right(), frame.rightMargin));
    Layout layout;
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
    std::tie(map.y0, map.y1) = yRangeOf(content, frame, m_smoothed);
    const int mostY = std::clamp(static_cast<int>(map.area.height() / (small.height() * 2.6)), 2, 10);
    layout.y = yTicks(content, map.y0, map.y1, mostY);
    const double wide = small.horizontalAdvance(QStringLiteral("0 000 000")) * 1.3;
    layout.x = xTicks(content, map, std::clamp(static_cast<int>(map.area.width() / wide), 2, 8));
    return layout;
}

PlotDrawn PlotRenderer::draw(QPainter& painter, const PlotContent& content, const PlotFrame& frame)
{
    m_smoothed.keepOnly(content);
    const Layout layout = this->layout(content, frame);
    PlotDrawn drawn;
    drawn.map = layout.map;
    if (!painter.isActive()) {
        return drawn; // there was no room for the picture
    }
    const PlotMap& map = drawn.map;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF({}, frame.size), frame.colors->panel);
    drawGrid(painter, content, frame, layout);

    std::vector<CurveShape> shapes;
    const auto shown = static_cast<std::size_t>(std::count_if(content.curves.begin(), content.curves.end(), isDrawn));
    for (const PlotCurve& curve : content.curves) {
        shapes.push_back(shapeCurve(curve, content, map, columnPixels(shown), m_smoothed));
        const CurveShape& shape = shapes.back();
        drawn.cutOff += shape.cutOff;
        drawn.unfinished = drawn.unfinished || shape.unfinished;
        if (isDrawn(curve) && !curve.points) {
            drawn.visible += shape.visible;
            drawn.total += shape.total;
            drawn.isPreview = drawn.isPreview || curve.series->isPreview();
            drawn.batchesPerPixel = std::max(drawn.batchesPerPixel, shape.batchesPerPixel);
        }
    }
    drawn.notes = notesOf(content, shapes);
    drawBands(painter, content, frame, map, shapes);
    m_curves->draw(painter, frame.size, map, content.curves, shapes, frame.highlighted);
    drawLines(painter, content, frame, map);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        drawMarkers(painter, content.curves[i], shapes[i], map, frame.colors->panel);
        drawEdges(painter, content.curves[i], shapes[i], map);
    }
    drawEvents(painter, content, frame, drawn);
    drawNames(painter, content, frame, map, shapes);
    drawHeader(painter, content, frame, drawn);
    drawBadge(painter, frame, drawn);
    return drawn;
}

} // namespace nabiz::ui
