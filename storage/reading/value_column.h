// SPDX-License-Identifier: GPL-3.0-or-later
// A growing column of values in the least room that gives each back exactly: 4 bytes while every value is a float32's,
// as training losses are, 8 from the first that is not. Not-a-number and infinities are kept. One thread at a time.
#pragma once

#include "storage/reading/block_vector.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace nabiz::storage {

class ValueColumn {
public:
    ValueColumn() = default;
    explicit ValueColumn(BlockVector<float> values)
        : m_narrow(std::move(values))
    {
    }
    explicit ValueColumn(BlockVector<double> values)
        : m_isWide(true)
        , m_wide(std::move(values))
    {
    }
    explicit ValueColumn(const std::vector<double>& values);

    std::size_t size() const { return m_isWide ? m_wide.size() : m_narrow.size(); }
    double operator[](std::size_t i) const { return m_isWide ? m_wide[i] : static_cast<double>(m_narrow[i]); }
    void append(double value);

    bool isWide() const { return m_isWide; }
    bool isMapped() const { return m_narrow.isMapped() || m_wide.isMapped(); }
    void letGo() const
    {
        m_narrow.letGo();
        m_wide.letGo();
    }
    // Whether float32 holds the value.
    static bool fits(double value)
    {
        return !std::isfinite(value)
            || (std::abs(value) <= std::numeric_limits<float>::max()
                && static_cast<double>(static_cast<float>(value)) == value);
    }

private:
    bool m_isWide = false;
    BlockVector<float> m_narrow;
    BlockVector<double> m_wide;
};

inline ValueColumn::ValueColumn(const std::vector<double>& values)
{
    m_isWide = !std::all_of(values.begin(), values.end(), fits);
    if (m_isWide) {
        m_wide = BlockVector<double>(values);
        return;
    }
    for (const double value : values) {
        m_narrow.push_back(static_cast<float>(value));
    }
}

inline void ValueColumn::append(double value)
{
    if (!m_isWide && !fits(value)) {
        for (std::size_t i = 0; i < m_narrow.size(); ++i) {
            m_wide.push_back(static_cast<double>(m_narrow[i]));
        }
        m_narrow = {};
        m_isWide = true;
    }
    if (m_isWide) {
        m_wide.push_back(value);
    } else {
        m_narrow.push_back(static_cast<float>(value));
    }
}

} // namespace nabiz::storage
