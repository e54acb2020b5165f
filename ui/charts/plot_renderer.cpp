// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_renderer.h"

#include "ui/charts/chart_curves.h"
#include "ui/charts/envelope_painter.h"
#include "ui/charts/plot_renderer_layout.h"
#include "ui/widgets/number_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nabiz::ui {

class PlotRenderer::Curves : public ChartCurves { };

namespace {

std::vector<Tick> xTicks(const PlotContent& content, double x0, double x1, int most)
{
    if (isTime(content.xUnit)) {
        return timeTicks(x0, x1, most, QLocale());
    }
    return linearTicks(x0, x1, most, QLocale());
}

double widest(const std::vector<Tick>& ticks, const QFontMetricsF& metrics)
{
    double width = 0;
    for (const Tick& tick : ticks) {
        width = std::max(width, metrics.horizontalAdvance(tick.label));
    }
    return width;
}

QColor faint(QColor color, const ThemeColors& colors)
{
    color.setAlphaF(colors.panel.lightnessF() > 0.5 ? 0.16f : 0.24f);
    return color;
}

int columnPixels(std::size_t curves)
{
    return curves > 12 ? 3 : curves > 4 ? 2 : 1;
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
    const auto [low, high]
        = frame.autoY ? yExtent(content, frame.x0, frame.x1, frame.whole, m_smoothed) : std::pair(frame.y0, frame.y1);
    const double room = std::max(1.0, frame.size.height() - margins.top() - margins.bottom());
    const int most = std::clamp(static_cast<int>(room / (height * 2.6)), 2, 10);
    margins.setLeft(
        widest(content.logY ? logTicks(low, high, most, QLocale()) : linearTicks(low, high, most, QLocale()), small)
        + kLabelGap + 4);
    double right = small.horizontalAdvance(QStringLiteral("0000"));
    for (const PlotCurve& curve : content.curves) {
        if (!curve.label.isEmpty()) {
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
    map.area = QRectF(margins.left(), margins.top(),
        std::max(10.0, std::floor(frame.size.width() - margins.left() - margins.right())),
        std::max(10.0, std::floor(frame.size.height() - margins.top() - margins.bottom())));
    map.area.moveTopLeft({ std::round(map.area.left()), std::round(map.area.top()) });
    map.x0 = frame.x0;
    map.x1 = frame.x1;
    std::tie(map.y0, map.y1)
        = frame.autoY ? yExtent(content, frame.x0, frame.x1, frame.whole, m_smoothed) : std::pair(frame.y0, frame.y1);
    const int mostY = std::clamp(static_cast<int>(map.area.height() / (small.height() * 2.6)), 2, 10);
    layout.y = map.log ? logTicks(map.y0, map.y1, mostY, QLocale()) : linearTicks(map.y0, map.y1, mostY, QLocale());
    const double wide = small.horizontalAdvance(QStringLiteral("0 000 000")) * 1.3;
    layout.x = xTicks(content, map.x0, map.x1, std::clamp(static_cast<int>(map.area.width() / wide), 2, 8));
    return layout;
}

PlotDrawn PlotRenderer::draw(QPainter& painter, const PlotContent& content, const PlotFrame& frame)
{
    m_smoothed.keepOnly(content);
    const Layout layout = this->layout(content, frame);
    PlotDrawn drawn;
    drawn.map = layout.map;
    const PlotMap& map = drawn.map;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF({}, frame.size), frame.colors->panel);
    drawGrid(painter, content, frame, layout);

    std::vector<CurveShape> shapes;
    std::size_t notShown = 0, nonFinite = 0;
    for (const PlotCurve& curve : content.curves) {
        shapes.push_back(shapeCurve(curve, content, map, columnPixels(content.curves.size()), m_smoothed));
        notShown += shapes.back().notShown;
        nonFinite += shapes.back().nonFiniteCount;
    }
    if (!content.curves.empty() && content.curves.front().series) {
        drawn.visible = shapes.front().visible;
        drawn.total = content.curves.front().series->total();
    }
    QStringList notes;
    if (notShown > 0) {
        notes.append(
            plotText(QT_TRANSLATE_NOOP("PlotView", "%1 not above 0, which a log axis cannot show"))
                .arg(countText(static_cast<qint64>(notShown))));
    }
    if (nonFinite > 0) {
        notes.append(
            plotText(QT_TRANSLATE_NOOP("PlotView", "%1 not finite (▲)")).arg(countText(static_cast<qint64>(nonFinite))));
    }
    drawn.notes = notes.join(QStringLiteral(" · "));

    painter.save();
    painter.setClipRect(map.area.adjusted(-1, -1, 1, 1));
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const QColor color = faint(content.curves[i].color, *frame.colors);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        for (const QPolygonF& band : shapes[i].bands) {
            content.curves[i].filled ? painter.drawPolygon(band) : paintEnvelope(painter, band, color, map.area);
        }
    }
    painter.restore();
    m_curves->draw(painter, frame.size, map, content.curves, shapes);
    drawLines(painter, content, frame, map);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        drawMarks(painter, content.curves[i], shapes[i], map, frame.colors->panel);
    }
    drawNames(painter, content, frame, map, shapes);
    drawHeader(painter, content, frame, drawn);
    return drawn;
}

} // namespace nabiz::ui
