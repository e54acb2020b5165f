// SPDX-License-Identifier: GPL-3.0-or-later
// A plot to look into, put together of its parts: what is in view (PlotRange), where the reader looks (PlotReader), the
// picture (PlotPicture) and what is painted over it (PlotOverlay), mouse (PlotMouse) and keys (PlotKeys). Every key and
// click stands in the context menu and in plotShortcuts(). GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/charts/view/plot_range.h"
#include "ui/charts/view/plot_reader.h"

#include <QElapsedTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <utility>

class QMenu;

namespace nabiz::ui {

class PlotKeys;
class PlotMouse;
class PlotPicture;

class PlotView : public QWidget {
    Q_OBJECT
public:
    explicit PlotView(QWidget* parent = nullptr);
    ~PlotView() override;

    // The view stays where it is, unless the unit of x changes.
    void setContent(PlotContent content);
    const PlotContent& content() const { return m_content; }
    // Series have grown.
    void refresh();
    // A text in place of the plot, while there is nothing to draw.
    void setEmptyText(const QString& text);
    // The curve that the others stand back for.
    void setHighlighted(std::optional<qint64> key);

    PlotRange& range() const { return *m_range; }
    PlotReader& reader() const { return *m_reader; }
    // As drawn; these draw where something has changed.
    std::pair<double, double> yRange() const; // in values, also on a log axis
    QRectF plotArea() const;
    QString notice() const; // how many points, how dense, what is not shown
    bool isUnfinished() const; // more is to be drawn with the next turns of the event loop

    // One x range, cursor, pins and left and right margin for all that are linked.
    static void link(PlotView& one, PlotView& other);
    void showTable(); // the values as a table, for those who cannot see the curves

    QSize sizeHint() const override { return { 640, 320 }; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    // L, X, O were pressed: the page's switches stand for them.
    void logRequested();
    void logXRequested();
    void clipRequested();
    // A mark was clicked, or chosen with Enter.
    void markActivated(qint64 event);
    // The plot was clicked beside all marks: where, in values.
    void placeChosen(double x, double y);
    // The page adds its own to it.
    void menuAboutToShow(QMenu* menu);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();

    PlotContent m_content;
    std::unique_ptr<PlotRange> m_range;
    std::unique_ptr<PlotPicture> m_picture;
    std::unique_ptr<PlotReader> m_reader;
    std::unique_ptr<PlotMouse> m_mouse;
    std::unique_ptr<PlotKeys> m_keys;
    QString m_emptyText;
    bool m_focusByKey = false; // only then is the focus worth a frame
    QElapsedTimer m_described;
};

} // namespace nabiz::ui
