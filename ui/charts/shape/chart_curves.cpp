// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/chart_curves.h"

#include "ui/charts/shape/plot_glyphs.h"

#include <QGraphicsLayout>
#include <QPainter>
#include <QPen>
#include <QtCharts/QLegend>

namespace nabiz::ui {

ChartCurves::ChartCurves()
    : m_chart(new QChart)
    , m_x(new QValueAxis)
    , m_y(new QValueAxis)
{
    m_scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    m_scene.addItem(m_chart);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setDropShadowEnabled(false);
    m_chart->legend()->setVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_x->setVisible(false);
    m_y->setVisible(false);
}

QLineSeries* ChartCurves::piece(std::size_t i)
{
    while (m_pieces.size() <= i) {
        auto* const series = new QLineSeries;
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_pieces.push_back(series);
    }
    return m_pieces[i];
}

void ChartCurves::draw(QPainter& painter, const QSizeF& size, const PlotMap& map, const std::vector<PlotCurve>& curves,
    const std::vector<CurveShape>& shapes, std::optional<qint64> highlighted)
{
    // Emptied first: every change of an axis maps and strokes all points anew, and an empty series costs nothing.
    for (QLineSeries* const series : m_pieces) {
        if (series->count() > 0) {
            series->replace(QList<QPointF>());
        }
    }
    if (m_chart->size() != size) {
        m_scene.setSceneRect(QRectF({}, size));
        m_chart->setGeometry(QRectF({}, size));
    }
    if (m_chart->plotArea() != map.area) {
        m_chart->setPlotArea(map.area);
    }
    m_x->setRange(0, map.area.width());
    m_y->setRange(0, map.area.height());
    std::size_t used = 0;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const bool chosen = highlighted && *highlighted == curves[i].key;
        QPen pen = curvePen(curves[i], chosen);
        if (highlighted && !chosen) {
            QColor color = pen.color();
            color.setAlphaF(0.25f);
            pen.setColor(color);
        }
        for (const QList<QPointF>& line : shapes[i].lines) {
            QLineSeries* const series = piece(used++);
            if (series->pen() != pen) {
                series->setPen(pen);
            }
            QList<QPointF> pixels;
            pixels.reserve(line.size());
            for (const QPointF& point : line) {
                pixels.append({ map.pixelX(point.x()) - map.area.left(), map.area.bottom() - map.pixelY(point.y()) });
            }
            series->replace(pixels);
        }
    }
    m_chart->layout()->activate();
    m_scene.render(&painter, QRectF({}, size), QRectF({}, size));
}

} // namespace nabiz::ui
