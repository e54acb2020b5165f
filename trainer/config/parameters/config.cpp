// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/config.h"

#include "trainer/base/shell_quote.h"

#include <stdexcept>

namespace nabiz::trainer {

Config::Config()
{
    m_values.reserve(parameterTable().size());
    for (const Parameter& parameter : parameterTable())
        m_values.push_back(parameter.defaultValue);
}

const Value& Config::value(std::string_view key) const
{
    return m_values[parameterIndex(key)];
}

void Config::set(std::string_view key, Value value)
{
    Value& place = m_values[parameterIndex(key)];
    if (place.index() != value.index())
        throw std::invalid_argument("the value of " + std::string(key) + " has another type");
    place = std::move(value);
    if (key == "model.expert_types") {
        const auto count = std::get<std::vector<std::string>>(place).size();
        m_values[parameterIndex("model.n_experts")] = static_cast<std::int64_t>(count);
    }
}

std::vector<Difference> differences(const Config& before, const Config& after)
{
    std::vector<Difference> result;
    for (const Parameter& parameter : parameterTable()) {
        const Value& old = before.value(parameter.key);
        const Value& now = after.value(parameter.key);
        if (old != now)
            result.push_back({ std::string(parameter.key), old, now });
    }
    return result;
}

std::string commandLine(std::string_view preset, const Config& presetConfig, const Config& config)
{
    std::string result = "nabiz train " + shellQuote(preset);
    for (const Difference& difference : differences(presetConfig, config)) {
        if (!findParameter(difference.key)->derived)
            result += ' ' + shellAssignment(difference.key, difference.after);
    }
    return result;
}

} // namespace nabiz::trainer
