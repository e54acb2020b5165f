// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/grid.h"

#include "trainer/base/plain_number.h"
#include "trainer/config/presets/preset_document.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace nabiz::trainer {

namespace {

constexpr std::string_view kSeed = "training.seed";
constexpr std::string_view kRange = "..";

bool isNumber(ValueType type)
{
    return type == ValueType::Integer || type == ValueType::Real;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos)
            return parts;
        begin = end + separator.size();
    }
}

double number(const Value& value)
{
    const auto* whole = std::get_if<std::int64_t>(&value);
    return whole ? static_cast<double>(*whole) : std::get<double>(value);
}

// Of the digits a person wrote: 0.1 + 2 * 0.1 is 0.3.
double rounded(double value)
{
    constexpr int kDigits = 12;
    char text[32];
    const auto written = std::to_chars(std::begin(text), std::end(text), value, std::chars_format::scientific, kDigits);
    std::from_chars(std::begin(text), written.ptr, value);
    return value;
}

class AxisReader {
public:
    explicit AxisReader(std::string_view override)
        : m_override(override)
        , m_written(override.substr(override.find('=') + 1))
        , m_row(*findParameter(override.substr(0, override.find('='))))
    {
        m_reading.axis.key = m_row.key;
    }

    AxisReading read()
    {
        for (const std::string_view part : split(m_written, ",")) {
            if (isNumber(typeOf(m_row.defaultValue)) && part.find(kRange) != std::string_view::npos)
                addRange(part);
            else if (const auto value = valueOf(part))
                add(*value);
            if (m_reading.problem)
                break;
        }
        if (m_reading.axis.count > static_cast<double>(kMostCells))
            m_reading.axis.values.clear();
        return std::move(m_reading);
    }

private:
    void fail(Message message)
    {
        m_reading.problem = Problem {
            .file = std::string(m_override.substr(0, 200)), .key = std::string(m_row.key), .message = std::move(message)
        };
    }

    std::optional<Value> valueOf(std::string_view part)
    {
        Override given = parseOverride(std::string(m_row.key) + '=' + std::string(part));
        if (!given.problem)
            return std::move(given.value);
        m_reading.problem = std::move(given.problem);
        m_reading.problem->file = m_override.substr(0, 200);
        return std::nullopt;
    }

    void add(Value value)
    {
        if (std::ranges::find(m_reading.axis.values, value) != m_reading.axis.values.end())
            return fail(
                message(NABIZ_TEXT("Message", "%1 has the value %2 more than once."), m_row.key, toYaml(value)));
        m_reading.axis.values.push_back(std::move(value));
        ++m_reading.axis.count;
    }

    void addRange(std::string_view written)
    {
        const auto parts = split(written, kRange);
        if (parts.size() > 3 || std::ranges::any_of(parts, [](auto part) { return part.empty(); }))
            return fail(message(NABIZ_TEXT(
                "Message", "A range is written FIRST..LAST or FIRST..LAST..STEP, as in training.seed=1..3.")));
        const auto first = valueOf(parts[0]);
        const auto last = first ? valueOf(parts[1]) : std::nullopt;
        if (!last)
            return;
        const auto step = stepOf(parts);
        if (!step)
            return;
        if (number(*last) < number(*first))
            return fail(
                message(NABIZ_TEXT("Message", "The range %1 of %2 runs backwards: its first value is the smaller one."),
                    std::string(written), m_row.key));
        addSteps(*first, number(*last), *step);
    }

    std::optional<double> stepOf(const std::vector<std::string_view>& parts)
    {
        const bool isWhole = typeOf(m_row.defaultValue) == ValueType::Integer;
        if (parts.size() < 3) {
            if (isWhole)
                return 1;
            fail(message(
                NABIZ_TEXT("Message", "A range of %1, which has decimals, needs its step, as in 0.1..0.5..0.1."),
                m_row.key));
            return std::nullopt;
        }
        const auto step = finiteNumber(parts[2]);
        if (step && *step > 0 && (!isWhole || *step == std::floor(*step)))
            return step;
        fail(message(NABIZ_TEXT("Message", "The step of a range of %1 is a number above 0 of its kind, not %2."),
            m_row.key, std::string(parts[2])));
        return std::nullopt;
    }

    void addSteps(const Value& first, double last, double step)
    {
        constexpr double kSlack = 1e-9; // a step that does not divide in binary still reaches the last value
        const double low = number(first);
        const double count = std::floor((last - low) / step + kSlack) + 1;
        if (m_reading.axis.count + count > static_cast<double>(kMostCells)) {
            m_reading.axis.count += count;
            return;
        }
        for (int i = 0; i < static_cast<int>(count) && !m_reading.problem; ++i) {
            if (const auto* whole = std::get_if<std::int64_t>(&first))
                add(*whole + i * static_cast<std::int64_t>(step));
            else
                add(rounded(low + i * step));
        }
    }

    const std::string_view m_override;
    const std::string_view m_written;
    const Parameter& m_row;
    AxisReading m_reading;
};

} // namespace

bool canVary(const Parameter& row)
{
    const ValueType type = typeOf(row.defaultValue);
    return isNumber(type) || type == ValueType::Boolean || (type == ValueType::Text && !row.choices.empty());
}

bool isVaried(std::string_view override)
{
    const auto equals = override.find('=');
    const Parameter* row = equals == std::string_view::npos ? nullptr : findParameter(override.substr(0, equals));
    if (!row || !canVary(*row))
        return false;
    const std::string_view written = override.substr(equals + 1);
    return written.find(',') != std::string_view::npos
        || (isNumber(typeOf(row->defaultValue)) && written.find(kRange) != std::string_view::npos);
}

AxisReading readAxis(std::string_view override)
{
    return AxisReader(override).read();
}

Grid::Grid(std::vector<GridAxis> axes)
    : m_axes(std::move(axes))
{
    std::ranges::stable_partition(m_axes, [](const GridAxis& axis) { return axis.key != kSeed; });
}

double Grid::count() const
{
    double count = 1;
    for (const GridAxis& axis : m_axes)
        count *= axis.count;
    return count;
}

std::optional<Problem> Grid::problem() const
{
    if (count() <= static_cast<double>(kMostCells))
        return std::nullopt;
    return Problem { .message = message(NABIZ_TEXT("Message", "These settings make %1 runs; a grid has %2 at most."),
                         toFixed(count(), 0), std::to_string(kMostCells)) };
}

Grid::Cell Grid::cell(std::size_t index) const
{
    Cell cell(m_axes.size());
    for (std::size_t i = m_axes.size(); i-- > 0;) {
        const GridAxis& axis = m_axes[i];
        cell[i] = { axis.key, axis.values[index % axis.values.size()] };
        index /= axis.values.size();
    }
    return cell;
}

std::string Grid::name(const std::string& base, const Cell& cell)
{
    std::string name = base;
    for (const auto& [key, value] : cell)
        name += key == kSeed ? " s" + toYaml(value) : ' ' + key.substr(key.find('.') + 1) + '=' + toYaml(value);
    return name;
}

} // namespace nabiz::trainer
