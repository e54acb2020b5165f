// SPDX-License-Identifier: GPL-3.0-or-later
// A point a run, in the run's colour and shape, over two axes. Painted by hand: thousands of points are a pixmap, drawn
// when something changed. Click, or arrows and Enter: chooses a run. GUI thread.
#pragma once

#include "ui/models/scatter_data.h"

#include <QPixmap>
#include <QWidget>
#include <optional>

namespace nabiz::ui {

struct ScatterLook {
    bool logX = false, logY = false;
    QString xName, yName;
    double yScale = 1; // shown = value × scale
};

class ScatterView : public QWidget {
    Q_OBJECT
public:
    explicit ScatterView(QWidget* parent = nullptr);

    void setData(ScatterData data, ScatterLook look);
    const ScatterData& data() const { return m_data; }
    // The place of a point, in the widget's pixels.
    QPointF positionOf(std::size_t point) const;
    // The run that stands out: the one looked at.
    void setCurrentRun(storage::RunId run);
    storage::RunId currentRun() const { return m_current; }

    QSize sizeHint() const override { return { 480, 240 }; }
    QSize minimumSizeHint() const override { return { 240, 140 }; }

Q_SIGNALS:
    void runChosen(qint64 run);
    // Under the mouse or at the keyboard's mark; 0 = none.
    void runPointed(qint64 run);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Range {
        double low = 0, high = 1;
    };
    Range range(const ScatterAxis& axis, bool log, double scale) const;
    QRectF area() const;
    void redraw();
    void drawAxes(QPainter& painter);
    std::optional<std::size_t> nearest(const QPointF& position) const;
    void point(std::optional<std::size_t> at);

    ScatterData m_data;
    ScatterLook m_look;
    storage::RunId m_current = 0;
    std::optional<std::size_t> m_pointed;
    QPixmap m_picture; // null = to be drawn
};

} // namespace nabiz::ui
