// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_renderer.h"

#include "ui/charts/render/plot_notes.h"
#include "ui/charts/render/plot_samples.h"
#include "ui/charts/render/plot_surroundings.h"
#include "ui/charts/shape/chart_curves.h"
#include "ui/charts/shape/curve_extent.h"

#include <QPainter>

#include <algorithm>

namespace nabiz::ui {
namespace {

int columnPixels(std::size_t curves)
{
    return curves > 12 ? 3 : curves > 4 ? 2 : 1;
}

} // namespace

PlotRenderer::PlotRenderer()
    : m_curves(std::make_unique<ChartCurves>())
{
}

PlotRenderer::~PlotRenderer() = default;

PlotDrawn PlotRenderer::draw(QPainter& painter, const PlotContent& content, const PlotFrame& frame)
{
    m_smoothed.keepOnly(content);
    const PlotLayout layout = layoutOf(content, frame, m_smoothed);
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
