// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_numbers.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>

namespace nabiz::app {

namespace {

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

std::string_view withoutSign(std::string_view cell)
{
    return cell.starts_with('-') || cell.starts_with('+') ? cell.substr(1) : cell;
}

bool areDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

// 1.000, 12.345.678
bool isGrouped(std::string_view cell, char group)
{
    const auto first = cell.find(group);
    if (first == std::string_view::npos || first == 0 || first > 3 || cell.front() == '0')
        return false;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const bool isGroup = i >= first && (i - first) % 4 == 0;
        if (isGroup ? cell[i] != group : !isDigit(cell[i]))
            return false;
    }
    return (cell.size() - first) % 4 == 0;
}

// 1,234 and 1,234.5
bool isGroupedByCommas(std::string_view cell)
{
    cell = withoutSign(cell);
    const auto point = cell.find('.');
    return isGrouped(cell.substr(0, point), ',')
        && (point == std::string_view::npos || areDigits(cell.substr(point + 1)));
}

// 0,5 and 1.234,5 and 9,5E-5
bool isOfDecimalComma(std::string_view cell)
{
    cell = withoutSign(cell);
    const auto comma = cell.find(',');
    if (comma == std::string_view::npos)
        return false;
    const auto whole = cell.substr(0, comma);
    auto fraction = cell.substr(comma + 1);
    if (const auto exponent = fraction.find_first_of("eE"); exponent != std::string_view::npos) {
        if (!areDigits(withoutSign(fraction.substr(exponent + 1))))
            return false;
        fraction = fraction.substr(0, exponent);
    }
    return areDigits(fraction) && (areDigits(whole) || isGrouped(whole, '.'));
}

std::string without(std::string_view cell, char group, char decimal)
{
    std::string text;
    for (const char letter : cell) {
        if (letter != group)
            text += letter == decimal ? '.' : letter;
    }
    return text;
}

} // namespace

CsvNumbers::CsvNumbers(const std::vector<std::vector<std::string>>& sample, char separator)
{
    bool isDecimal = false, isGroups = false, isEither = false;
    for (const auto& row : sample) {
        for (const std::string& cell : row) {
            const bool decimal = isOfDecimalComma(cell), groups = isGroupedByCommas(cell);
            isDecimal = isDecimal || (decimal && !groups);
            isGroups = isGroups || (groups && !decimal);
            isEither = isEither || (groups && decimal);
        }
    }
    if (isDecimal != isGroups)
        m_comma = isDecimal ? Comma::Decimal : Comma::Groups;
    else if (!isDecimal && isEither && separator == ';') // which it has since its commas are decimal
        m_comma = Comma::Decimal;
    m_hasPointGroups = m_comma == Comma::Decimal;
}

std::optional<double> CsvNumbers::read(std::string_view cell, Comma twofold) const
{
    if (cell.find(',') == std::string_view::npos) {
        const bool isGroup = m_hasPointGroups && isGrouped(withoutSign(cell), '.');
        return isGroup ? sourceNumber(without(cell, '.', '.')) : sourceNumber(cell);
    }
    const bool decimal = isOfDecimalComma(cell), groups = isGroupedByCommas(cell);
    const auto meaning = decimal && groups ? twofold : decimal ? Comma::Decimal : Comma::Groups;
    const bool isAgainstTheRest = m_comma != Comma::Unknown && meaning != m_comma;
    if ((!decimal && !groups) || meaning == Comma::Unknown || isAgainstTheRest)
        return std::nullopt;
    return sourceNumber(meaning == Comma::Decimal ? without(cell, '.', ',') : without(cell, ',', '.'));
}

std::optional<double> CsvNumbers::number(std::string_view cell) const
{
    return read(cell, m_comma);
}

std::optional<std::int64_t> CsvNumbers::step(std::string_view cell) const
{
    const bool isGroup = m_hasPointGroups && isGrouped(withoutSign(cell), '.');
    if (const auto whole = isGroup ? std::nullopt : sourceStep(cell))
        return whole;
    const auto value = read(cell, m_comma == Comma::Unknown ? Comma::Groups : m_comma);
    return value ? sourceStep(*value) : std::nullopt;
}

} // namespace nabiz::app
