// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_reader.h"

#include "ui/charts/shape/curve_extent.h"
#include "ui/charts/view/plot_range.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

const PlotCurve* mainCurve(const PlotContent& content)
{
    const PlotCurve* any = nullptr;
    for (const PlotCurve& curve : content.curves) {
        if (isDrawn(curve) && !curve.points && !curve.reference) {
            return &curve;
        }
        any = !any && isDrawn(curve) ? &curve : any;
    }
    return any;
}

} // namespace

PlotReader::PlotReader(const PlotContent& content, PlotRange& range, SmoothedCache& smoothed)
    : m_content(content)
    , m_range(range)
    , m_smoothed(smoothed)
{
}

void PlotReader::setCursorX(std::optional<double> x)
{
    if (m_cursor != x) {
        m_cursor = x;
        Q_EMIT changed();
    }
}

void PlotReader::moveCursor(std::optional<double> x)
{
    if (m_cursor != x) {
        setCursorX(x);
        Q_EMIT cursorMoved(x);
    }
}

std::optional<double> PlotReader::pin(int which) const
{
    return m_pins.at(static_cast<std::size_t>(which));
}

void PlotReader::setPin(int which, std::optional<double> x)
{
    std::optional<double>& pin = m_pins.at(static_cast<std::size_t>(which));
    if (pin != x) {
        pin = x;
        Q_EMIT changed();
        Q_EMIT pinMoved(which, x);
    }
}

void PlotReader::unpin()
{
    setPin(0, std::nullopt);
    setPin(1, std::nullopt);
}

double PlotReader::atSample(double x) const
{
    const PlotCurve* const curve = mainCurve(m_content);
    if (!curve) {
        return x;
    }
    const RunSeries& series = curve->series->inOrder(curve->x);
    const std::size_t i = series.lastAtOrBefore(x, curve->x);
    return i == series.size() ? x : series.x(i, curve->x);
}

void PlotReader::stepCursor(int samples)
{
    const PlotCurve* const curve = mainCurve(m_content);
    if (!curve) {
        return;
    }
    const RunSeries& series = curve->series->inOrder(curve->x);
    const ViewBox& box = m_range.view().box();
    const PlotMap axis = m_range.axis();
    std::size_t now = series.lastAtOrBefore(m_cursor.value_or(axis.valueX(box.x1)), curve->x);
    if (now == series.size()) {
        now = 0;
    }
    const auto target = static_cast<std::ptrdiff_t>(now) + (m_cursor ? samples : 0);
    const auto last = static_cast<std::ptrdiff_t>(series.size()) - 1;
    const auto place = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(target, 0, last));
    const double x = series.x(place, curve->x);
    const double position = axis.axisX(x);
    if (position < box.x0 || position > box.x1) {
        ViewBox moved = box;
        const double shift = position < box.x0 ? position - box.x0 : position - box.x1;
        moved.x0 += shift;
        moved.x1 += shift;
        m_range.change(moved, ViewChange::Drag, true);
    }
    moveCursor(x);
    Q_EMIT stepped();
}

void PlotReader::stepToMark(int way)
{
    const double now = m_cursor.value_or(way > 0 ? -HUGE_VAL : HUGE_VAL);
    std::optional<double> next;
    for (const PlotMark& mark : m_content.marks) {
        const bool ahead = way > 0 ? mark.x > now : mark.x < now;
        if (ahead && (!next || (way > 0 ? mark.x < *next : mark.x > *next))) {
            next = mark.x;
        }
    }
    if (next) {
        moveCursor(*next);
        Q_EMIT stepped();
    }
}

std::vector<PlotReading> PlotReader::readings(double x) const
{
    return readingsAt(m_content, x, m_smoothed);
}

void PlotReader::copyValues() const
{
    const double x = m_cursor.value_or(m_range.xRange().second);
    QGuiApplication::clipboard()->setText(readingsAsText(m_content, readings(x)));
}

void PlotReader::setValuesShown(bool shown)
{
    if (m_valuesShown != shown) {
        m_valuesShown = shown;
        Q_EMIT changed();
        Q_EMIT valuesShownChanged(shown);
    }
}

} // namespace nabiz::ui
