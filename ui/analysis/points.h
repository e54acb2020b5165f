// SPDX-License-Identifier: GPL-3.0-or-later
// The points of one metric of one run, wherever they lie: the window has them as growing series, the command line as
// the database's columns. What is computed from them is the same. The owner's thread.
#pragma once

#include "storage/records/records.h"

#include <cstddef>
#include <utility>

namespace nabiz::ui {

class Points {
public:
    Points() = default;
    Points(const Points&) = delete;
    Points& operator=(const Points&) = delete;
    virtual ~Points() = default;

    virtual std::size_t size() const = 0;
    virtual double batch(std::size_t i) const = 0;
    virtual double time(std::size_t i) const = 0;
    virtual double value(std::size_t i) const = 0;
    // Values [first, first + count): one call for many.
    virtual void read(std::size_t first, std::size_t count, double* to) const
    {
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = value(first + i);
        }
    }
};

// Columns as the database gives them.
class StoredPoints : public Points {
public:
    explicit StoredPoints(storage::Series series)
        : m_series(std::move(series))
    {
    }
    std::size_t size() const override { return m_series.value.size(); }
    double batch(std::size_t i) const override { return m_series.batch[i]; }
    double time(std::size_t i) const override { return m_series.time[i]; }
    double value(std::size_t i) const override { return m_series.value[i]; }

private:
    const storage::Series m_series;
};

// Index of the last point at or before a batch or a time; size() when there is none.
std::size_t lastAtBatch(const Points& points, double batch);
std::size_t lastAtTime(const Points& points, double time);
// NaN where one of them is not finite.
double meanOf(const double* values, std::size_t count);

} // namespace nabiz::ui
