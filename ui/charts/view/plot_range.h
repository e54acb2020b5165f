// SPDX-License-Identifier: GPL-3.0-or-later
// What part of its content a plot shows, in values: follows a live run until the reader zooms or pans, remembers the
// views before, and moves with the plots it is linked to. Over ViewRange, which knows neither data nor axis.
// GUI thread.
#pragma once

#include "ui/charts/export/chart_export.h"
#include "ui/charts/shape/plot_map.h"
#include "ui/charts/shape/view_range.h"

#include <QObject>
#include <QPointer>
#include <utility>
#include <vector>

namespace nabiz::ui {

class PlotRange : public QObject {
    Q_OBJECT
public:
    // Of this content, which changes by contentChanged() and by series that grow.
    explicit PlotRange(const PlotContent& content);

    // All is shown anew where x counts something else; y is fitted anew where its axis is of another kind.
    void contentChanged(bool otherX, bool otherY);
    // Takes over how far the data reach: of all linked plots, since they show one range.
    void update();
    const ViewRange& view() const { return m_view; }
    PlotMap axis() const; // of x alone, to go from values to its units and back

    bool isFollowing() const { return m_view.following(); }
    // While following: so much of the end of the x axis, or 0: all.
    void setFollowedLength(double length);
    double followedLength() const { return m_view.length(); }
    std::pair<double, double> xRange(); // in values, also on a log axis
    void setXRange(double from, double to);
    ChartPart part(); // in view, in units of the axes
    // A change that came from the reader.
    void change(const ViewBox& box, ViewChange kind, bool joins);

    static void link(PlotRange& one, PlotRange& other);
    // Whether it takes part in the range of those it is linked with. Taking part again, it goes where they are.
    void setShared(bool shared);

public Q_SLOTS:
    void follow();
    void showAll(); // and follow again
    void fitY();
    void goBack();
    void goForward();

Q_SIGNALS:
    void changed(); // to be drawn again
    void xRangeChanged(double from, double to);
    void followingChanged(bool following);

private:
    template <typename Function> void changeBy(Function function);

    const PlotContent& m_content;
    ViewRange m_view;
    double m_xZero = 0; // of the log axis
    std::vector<QPointer<PlotRange>> m_linked;
    bool m_shared = true; // with those, where they do too
};

} // namespace nabiz::ui
