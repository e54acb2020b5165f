// SPDX-License-Identifier: GPL-3.0-or-later
// A growing column of values in the least room that gives each back exactly: 4 bytes while every value is a float32's,
// as training losses are, 8 from the first that is not. Not-a-number and infinities are kept. One thread at a time.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace nabiz::storage {

class ValueColumn {
public:
    ValueColumn() = default;
    explicit ValueColumn(std::vector<float> values)
        : m_narrow(std::move(values))
    {
    }
    explicit ValueColumn(std::vector<double> values);

    std::size_t size() const { return m_isWide ? m_wide.size() : m_narrow.size(); }
    double operator[](std::size_t i) const { return m_isWide ? m_wide[i] : static_cast<double>(m_narrow[i]); }
    void append(double value);
    void reserve(std::size_t size);

    bool isWide() const { return m_isWide; }
    const std::vector<float>& narrow() const { return m_narrow; } // empty when wide
    const std::vector<double>& wide() const { return m_wide; }    // empty when not

private:
    static bool fits(double value)
    {
        return !std::isfinite(value)
            || (std::abs(value) <= std::numeric_limits<float>::max()
                && static_cast<double>(static_cast<float>(value)) == value);
    }

    bool m_isWide = false;
    std::vector<float> m_narrow;
    std::vector<double> m_wide;
};

inline ValueColumn::ValueColumn(std::vector<double> values)
{
    for (const double value : values) {
        m_isWide = m_isWide || !fits(value);
    }
    if (m_isWide) {
        m_wide = std::move(values);
    } else {
        m_narrow.assign(values.begin(), values.end());
    }
}

inline void ValueColumn::append(double value)
{
    if (!m_isWide && !fits(value)) {
        m_wide.reserve(m_narrow.capacity());
        m_wide.assign(m_narrow.begin(), m_narrow.end());
        m_narrow = {};
        m_isWide = true;
    }
    if (m_isWide) {
        m_wide.push_back(value);
    } else {
        m_narrow.push_back(static_cast<float>(value));
    }
}

inline void ValueColumn::reserve(std::size_t size)
{
    m_isWide ? m_wide.reserve(size) : m_narrow.reserve(size);
}

} // namespace nabiz::storage
