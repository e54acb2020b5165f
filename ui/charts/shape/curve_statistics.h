// SPDX-License-Identifier: GPL-3.0-or-later
// What a curve does over a stretch of x, from every sample of it. Lowest, highest and mean are known at once; deviation
// and slope need a walk over all samples, which is taken in steps so that the window is never held up. Starts anew when
// the series may have gone; GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/curve_extent.h"

#include <cmath>

namespace nabiz::ui {

class CurveStatistics {
public:
    CurveStatistics(const PlotCurve& curve, double x0, double x1);

    std::size_t points() const { return m_span.last - m_span.first; }
    std::size_t finite() const { return m_finite; }
    // NaN where no sample is finite.
    double lowest = NAN, lowestX = NAN, highest = NAN, highestX = NAN, mean = NAN, last = NAN;
    // False when the walk is over.
    bool step(std::size_t samples);
    bool isDone() const { return m_next >= m_span.last; }
    // Of the samples walked over so far: of a sample (n − 1), and by least squares over x. NaN below two samples.
    double deviation() const;
    double slope() const;

private:
    double findX(const RunSeries& series, double value, bool lowest) const;

    PlotCurve m_curve;
    SampleSpan m_span;
    std::size_t m_finite = 0;
    std::size_t m_next = 0;
    // Means and co-moments so far (Welford), in values over the largest one: squares of 1e308 overflow.
    double m_unit = 1;
    double m_count = 0, m_meanX = 0, m_meanY = 0, m_xx = 0, m_xy = 0, m_yy = 0;
};

} // namespace nabiz::ui
