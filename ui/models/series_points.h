// SPDX-License-Identifier: GPL-3.0-or-later
// A series as points to compute with, by rising batch: of an imported run whose steps go back, sorted. Points into the
// series, which must outlive it. The owner's thread.
#pragma once

#include "ui/analysis/points.h"
#include "ui/models/run_series.h"

namespace nabiz::ui {

class SeriesPoints final : public Points {
public:
    SeriesPoints() = default;
    explicit SeriesPoints(const RunSeries& series) { show(series); }
    void show(const RunSeries& series) { m_series = &series.inOrder(XScale()); }
    std::size_t size() const override { return m_series->size(); }
    double batch(std::size_t i) const override { return m_series->batch(i); }
    double time(std::size_t i) const override { return m_series->time(i); }
    double value(std::size_t i) const override { return m_series->value(i); }
    void read(std::size_t first, std::size_t count, double* to) const override
    {
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = m_series->value(first + i);
        }
    }

private:
    const RunSeries* m_series = nullptr;
};

} // namespace nabiz::ui
