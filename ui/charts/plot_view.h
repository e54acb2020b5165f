// SPDX-License-Identifier: GPL-3.0-or-later
// A plot to look into: follows a live run until the reader zooms or pans, shows what lies under the cursor, and can
// share its x axis and cursor with another. Drawn into a pixmap only when something changed, at most 20 times a second
// for new points, and never while hidden; the cursor is painted over it. GUI thread.
//
// Wheel: zoom x at the cursor (Shift, or over the y axis: y). Drag: zoom into the box (Escape lets go). Middle button,
// or Space or Ctrl with the left one: pan. Double click, Home: fit. End: follow. Left, Right: cursor by a sample
// (Shift: by ten). Alt+Left, Alt+Right: views before and after. L: log axis. + and −: zoom.
#pragma once

#include "ui/charts/plot_content.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <utility>

namespace nabiz::ui {

class PlotView : public QWidget {
    Q_OBJECT
public:
    explicit PlotView(QWidget* parent = nullptr);
    ~PlotView() override;

    // The view stays where it is, unless the unit of x changes.
    void setContent(PlotContent content);
    const PlotContent& content() const;
    // Series have grown.
    void refresh();
    // Shows all, and follows again.
    void showAll();

    bool isFollowing() const;
    std::pair<double, double> xRange() const;
    // In values, also on a log axis.
    std::pair<double, double> yRange() const;
    QRectF plotArea() const;
    std::optional<double> cursorX() const;
    // A text in place of the plot, while there is nothing to draw.
    void setEmptyText(const QString& text);
    int setLeftMargin(int pixels); // at least; returns what this plot's own labels need

    // One x range, cursor and left and right margin for both.
    static void link(PlotView& one, PlotView& other);

    QSize sizeHint() const override { return { 640, 320 }; }
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setXRange(double from, double to);
    void setCursorX(std::optional<double> x);
    void follow();
    void fit();
    void goBack();
    void goForward();

Q_SIGNALS:
    void cursorMoved(std::optional<double> x);
    void xRangeChanged(double from, double to);
    void followingChanged(bool following);
    // L was pressed: the page's log switch stands for it.
    void logRequested();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
