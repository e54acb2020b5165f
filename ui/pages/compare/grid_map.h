// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of a grid as a picture: a heat map of two settings that vary, the mean with its interval along one; of more
// there is none. Painted by hand. A click chooses a cell. GUI thread.
#pragma once

#include "ui/analysis/grid_cells.h"

#include <QWidget>
#include <optional>

namespace nabiz::ui {

class GridMap : public QWidget {
    Q_OBJECT
public:
    explicit GridMap(QWidget* parent = nullptr);

    void setGrid(const GridCells& grid, const QString& lossName);
    bool hasPicture() const;
    // Where a cell is drawn, in the widget's pixels.
    QRectF placeOf(std::size_t cell) const;

    QSize sizeHint() const override { return { 360, 220 }; }
    QSize minimumSizeHint() const override { return { 220, 140 }; }

Q_SIGNALS:
    void cellChosen(int cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRectF area() const;
    bool isLine() const { return m_grid.keys.size() == 1; }
    QRectF barOf(std::size_t cell) const;
    void drawMap(QPainter& painter) const;
    void drawLine(QPainter& painter) const;
    void drawNames(QPainter& painter) const;
    std::optional<std::size_t> cellAt(const QPointF& at) const;
    double shade(double loss) const; // 0 the lowest, 1 the highest

    GridCells m_grid;
    std::vector<std::string> m_across, m_down; // values of the last key, of the first
    QString m_lossName;
    double m_low = 0, m_high = 1; // of what is drawn
};

} // namespace nabiz::ui
