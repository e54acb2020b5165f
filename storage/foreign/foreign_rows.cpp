// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/foreign_rows.h"

namespace nabiz::storage {

namespace {

constexpr std::int64_t kWidest = std::int64_t { 1 } << 40U; // of a gap, in rows

} // namespace

ForeignRows::Step ForeignRows::step()
{
    try {
        return m_row.step() ? Step::Row : Step::End;
    } catch (const SQLite::Exception& error) {
        if ((error.getErrorCode() & 0xff) != SQLITE_CORRUPT)
            throw;
        return Step::Damaged;
    }
}

ForeignRows::Step ForeignRows::stepBehind(std::int64_t row)
{
    m_row.reset();
    m_row.bind(1, row);
    return step();
}

// To the first row that can be read again: looked for in strides that double, then between the last two.
bool ForeignRows::passGap()
{
    ++m_gaps;
    std::int64_t damaged = 0, whole = 1;
    while (stepBehind(m_last + whole) == Step::Damaged) {
        damaged = whole;
        whole *= 2;
        if (whole > kWidest)
            return false;
    }
    while (whole - damaged > 1) {
        const auto middle = damaged + (whole - damaged) / 2;
        (stepBehind(m_last + middle) == Step::Damaged ? damaged : whole) = middle;
    }
    return stepBehind(m_last + whole) == Step::Row;
}

bool ForeignRows::next()
{
    const auto found = step();
    if (found == Step::End || (found == Step::Damaged && !passGap()))
        return false;
    m_last = m_row.integer(0);
    return true;
}

} // namespace nabiz::storage
