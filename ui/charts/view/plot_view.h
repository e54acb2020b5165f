// SPDX-License-Identifier: GPL-3.0-or-later
// A plot to look into: follows a live run until the reader zooms or pans, shows what lies under the cursor, holds two
// pins apart, and shares its x axis, cursor and pins with others. Drawn into a pixmap only when something changed, at
// most 20 times a second for new points, and never while hidden; what moves with the mouse is painted over it. Every
// key and click stands in plotShortcuts() and in the context menu. GUI thread.
#pragma once

#include "ui/charts/export/chart_export.h"
#include "ui/charts/render/plot_reading.h"
#include "ui/charts/shape/plot_content.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <utility>

class QMenu;

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
    bool isCloser() const
    {
        return !isFollowing() || followedLength() > 0;
    } // shows a part: a preview of the whole is too coarse for it
    // While following: so much of the end of the x axis, or 0: all.
    void setFollowedLength(double length);
    double followedLength() const;
    std::pair<double, double> xRange() const; // in values, also on a log axis, as all that follows
    std::pair<double, double> yRange() const;
    QRectF plotArea() const;
    ChartPart part() const; // in view
    std::optional<double> cursorX() const;
    std::optional<double> pin(int which) const; // 0: A, 1: B
    bool isUnfinished() const; // more is to be drawn with the next turns of the event loop
    QString notice() const; // how many points, how dense, what is not shown
    // Of every curve shown, the last sample at or before x.
    std::vector<PlotReading> readings(double x) const;
    // A text in place of the plot, while there is nothing to draw.
    void setEmptyText(const QString& text);
    int setLeftMargin(int pixels); // at least; returns what this plot's own labels need
    // The curve that the others stand back for.
    void setHighlighted(std::optional<qint64> key);
    // Beside the mouse, where there are several curves: a table of what they are there. Shown unless it is taken away.
    void setValuesShown(bool shown);

    // One x range, cursor, pins and left and right margin for all that are linked.
    static void link(PlotView& one, PlotView& other);
    // Whether it takes part in the x range of those it is linked with. Taking part again, it goes where they are.
    void setSharesRange(bool shares);

    QSize sizeHint() const override { return { 640, 320 }; }
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setXRange(double from, double to);
    void setCursorX(std::optional<double> x);
    void setPin(int which, std::optional<double> x);
    void follow();
    void fit();
    void fitY();
    void goBack();
    void goForward();
    void showTable(); // the values as a table, for those who cannot see the curves
    void copyValues(); // at the cursor, to the clipboard

Q_SIGNALS:
    void cursorMoved(std::optional<double> x);
    void pinMoved(int which, std::optional<double> x);
    void xRangeChanged(double from, double to);
    void followingChanged(bool following);
    // L, X, O were pressed: the page's switches stand for them.
    void logRequested();
    void logXRequested();
    void clipRequested();
    // A mark was clicked, or chosen with Enter.
    void markActivated(qint64 event);
    // The page adds its own to it.
    void menuAboutToShow(QMenu* menu);
    void valuesShownChanged(bool shown);

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
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

struct PlotShortcut {
    QString keys;
    QString action;
};
// For the help, in the reader's language.
std::vector<PlotShortcut> plotShortcuts();

} // namespace nabiz::ui
