// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of a plot by name, each with a piece of it as it is drawn. A click (or Space) hides a curve, with Ctrl all
// others, a second time none; under the mouse, or with the keyboard's focus, a curve stands out. Remembers what is
// hidden by key, also while a curve is away. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <QWidget>
#include <optional>
#include <set>
#include <vector>

class QCheckBox;

namespace nabiz::ui {

class PlotView;

class PlotLegend : public QWidget {
    Q_OBJECT
public:
    explicit PlotLegend(QWidget* parent = nullptr);

    // The curve under the mouse stands out in this plot.
    void attach(PlotView& plot);
    // Lists the content's curves, and gives it back with those hidden that are to be. Not seen where there is one
    // alone.
    PlotContent take(PlotContent content);
    bool isHidden(qint64 key) const { return m_hidden.contains(key); }

Q_SIGNALS:
    // Something was hidden or shown: the content is to be made and taken again.
    void changed();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showCurves(const PlotContent& content);
    void setShown(qint64 key, bool shown);
    void solo(qint64 key);
    void highlight(std::optional<qint64> key);

    std::vector<qint64> m_keys; // in the order of the boxes
    std::vector<QCheckBox*> m_boxes;
    std::set<qint64> m_hidden;
    PlotContent m_content; // of the last take(), for a change of the theme
    PlotView* m_plot = nullptr;
};

} // namespace nabiz::ui
