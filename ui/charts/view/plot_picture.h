// SPDX-License-Identifier: GPL-3.0-or-later
// A plot's picture, kept in step with its content: drawn into a pixmap only when something changed, at most 20 times a
// second for new points, and never before somebody looks. Plots that are linked keep one left and right margin.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_renderer.h"

#include <QObject>
#include <QPixmap>
#include <QPointer>
#include <QTimer>
#include <optional>
#include <vector>

class QWidget;

namespace nabiz::ui {

class PlotRange;

class PlotPicture : public QObject {
    Q_OBJECT
public:
    // For `plot`, in its size and font.
    PlotPicture(QWidget& plot, const PlotContent& content, PlotRange& range);

    void markDirty(); // to be drawn again at the next paint
    void grow(); // the same for points that came, not at once
    bool isEmpty() const; // there is nothing to draw
    bool isUnfinished() const; // more is to be drawn with the next turns of the event loop
    // As they are now: these draw where something has changed.
    const PlotDrawn& drawn();
    const QPixmap& pixmap();
    SmoothedCache& smoothed() { return m_renderer.smoothed(); }
    // The curve that the others stand back for.
    void setHighlighted(std::optional<qint64> key);

    static void link(PlotPicture& one, PlotPicture& other);

Q_SIGNALS:
    void redrawn(bool first); // the first with samples

private:
    PlotFrame frame() const;
    QMarginsF margins();
    void alignMargins();
    void render();

    QWidget& m_plot;
    const PlotContent& m_content;
    PlotRange& m_range;
    PlotRenderer m_renderer;
    PlotDrawn m_drawn;
    QPixmap m_pixmap;
    double m_drawnFor = 0; // device pixel ratio
    bool m_dirty = true;
    bool m_grown = false; // points came that are not drawn yet
    QTimer m_timer; // single shot: started by the first change after a redraw
    std::optional<qint64> m_highlighted;
    std::vector<QPointer<PlotPicture>> m_linked;
    double m_left = 0, m_right = 0; // the margins it was drawn with
};

} // namespace nabiz::ui
