// SPDX-License-Identifier: GPL-3.0-or-later
// What part of a plot is in view, and what was before: follows the data until the reader zooms or pans, then stays put.
// Qt Charts' own zoom stack snaps back to the range of its first zoom, which live data have long outgrown. Pure; any
// thread.
#pragma once

#include <utility>
#include <vector>

namespace nabiz::ui {

struct ViewBox {
    double x0 = 0, x1 = 1;
    bool autoY = true;
    double y0 = 0, y1 = 1; // when not autoY, in units of the axis
    bool following = true;
    bool operator==(const ViewBox&) const = default;
};

enum class ViewChange { Wheel, Drag, Box, Other };

class ViewRange {
public:
    const ViewBox& box() const { return m_box; }
    bool following() const { return m_box.following; }

    // Where the axis ends when all is shown: taken over while following, and the limit of zooming out and panning.
    // `dataEnd` is where the last samples stand, which may be before it.
    void setWhole(double x0, double x1, double dataEnd);
    void setWhole(double x0, double x1) { setWhole(x0, x1, x1); }
    // What following shows: so much of the end, or 0: all.
    void setLength(double length);
    double length() const { return m_length; }
    bool showsAll() const { return following() && m_length <= 0; }
    // `joins`: continues the last change of the same kind (a turn of the wheel, a drag), as one step of the history.
    void change(ViewBox box, ViewChange kind, bool joins);
    void follow();
    // The y range is meaningless once the axis changes its kind.
    void forgetY();
    void reset();
    bool back();
    bool forward();
    bool canGoBack() const { return !m_past.empty(); }
    bool canGoForward() const { return !m_future.empty(); }

    // Scaled about `anchor`; factors below 1 zoom in.
    static ViewBox zoomedX(ViewBox box, double anchor, double factor);
    static ViewBox zoomedY(ViewBox box, double anchor, double factor);

private:
    ViewBox limited(ViewBox box) const;
    ViewBox followed(ViewBox box) const;

    ViewBox m_box;
    double m_whole0 = 0, m_whole1 = 1, m_dataEnd = 1;
    double m_length = 0;
    std::vector<ViewBox> m_past, m_future;
    ViewChange m_last = ViewChange::Other;
};

} // namespace nabiz::ui
