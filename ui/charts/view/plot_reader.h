// SPDX-License-Identifier: GPL-3.0-or-later
// Where the reader of a plot looks: the cursor and two pins, and what the curves are there. The cursor stands on
// samples of the main curve: the first line that is no reference, else the first curve.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_reading.h"

#include <QObject>
#include <array>
#include <optional>

namespace nabiz::ui {

class PlotRange;

class PlotReader : public QObject {
    Q_OBJECT
public:
    PlotReader(const PlotContent& content, PlotRange& range, SmoothedCache& smoothed);

    std::optional<double> cursorX() const { return m_cursor; }
    // Without telling: another plot's cursor is there.
    void setCursorX(std::optional<double> x);
    void moveCursor(std::optional<double> x);
    std::optional<double> pin(int which) const; // 0: A, 1: B
    bool hasPins() const { return m_pins[0] || m_pins[1]; }
    void setPin(int which, std::optional<double> x);
    void unpin();

    // The main curve's last sample at or before x: what readings there are of. x itself where it has none.
    double atSample(double x) const;
    // Of the main curve; the view goes along. A cursor that was not there yet begins at the last one in view.
    void stepCursor(int samples);
    void stepToMark(int way); // +1: to the next
    // Of every curve shown, the last sample at or before x.
    std::vector<PlotReading> readings(double x) const;
    void copyValues() const; // at the cursor, to the clipboard

    // Beside the mouse, where there are several curves: a table of what they are there.
    bool valuesShown() const { return m_valuesShown; }
    void setValuesShown(bool shown);

Q_SIGNALS:
    void changed(); // to be painted again
    void cursorMoved(std::optional<double> x);
    void pinMoved(int which, std::optional<double> x);
    void stepped(); // by a key: to be said to those who cannot see it
    void valuesShownChanged(bool shown);

private:
    const PlotContent& m_content;
    PlotRange& m_range;
    SmoothedCache& m_smoothed;
    std::optional<double> m_cursor; // a value, as the pins
    std::array<std::optional<double>, 2> m_pins;
    bool m_valuesShown = true;
};

} // namespace nabiz::ui
