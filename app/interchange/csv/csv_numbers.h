// SPDX-License-Identifier: GPL-3.0-or-later
// What the numbers of a CSV file look like: whether a comma within a cell is a decimal one or parts thousands, told by
// all of its first rows. What could be both and nothing tells is no number. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

class CsvNumbers {
public:
    CsvNumbers(const std::vector<std::vector<std::string>>& sample, char separator);

    std::optional<double> number(std::string_view cell) const;
    // In a count, what could be both is thousands.
    std::optional<std::int64_t> step(std::string_view cell) const;

private:
    enum class Comma { Unknown, Decimal, Groups };
    std::optional<double> read(std::string_view cell, Comma twofold) const;

    Comma m_comma = Comma::Unknown;
    bool m_hasPointGroups = false; // 1.000 is a thousand
};

} // namespace nabiz::app
