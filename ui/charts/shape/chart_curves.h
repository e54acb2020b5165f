// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a plot that Qt Charts draws: its curves, on two hidden linear axes that count pixels, so that no range of
// the data, however wide or far from 0, is beyond Qt Charts' reckoning.
// GUI thread.
#pragma once

#include "ui/charts/shape/curve_shape.h"

#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <QGraphicsScene>
#include <vector>

namespace nabiz::ui {

class ChartCurves {
public:
    ChartCurves();
    void draw(QPainter& painter, const QSizeF& size, const PlotMap& map, const std::vector<PlotCurve>& curves,
        const std::vector<CurveShape>& shapes, std::optional<qint64> highlighted);

private:
    QLineSeries* piece(std::size_t i);

    QGraphicsScene m_scene;
    QChart* m_chart; // owned by the scene
    QValueAxis* m_x; // owned by the chart
    QValueAxis* m_y;
    std::vector<QLineSeries*> m_pieces; // owned by the chart; those not needed are empty
};

} // namespace nabiz::ui
