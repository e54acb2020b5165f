// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/availability.h"

#include "trainer/config/not_yet.h"

#include <algorithm>

namespace nabiz::ui {

namespace {

bool isHonoured(const trainer::Parameter& parameter, trainer::Value value)
{
    trainer::Config config;
    config.set(parameter.key, std::move(value));
    const auto problems = trainer::notYetProblems(config);
    return std::none_of(problems.begin(), problems.end(),
        [&parameter](const trainer::Problem& problem) { return problem.key == parameter.key; });
}

} // namespace

bool isAvailable(const trainer::Parameter& parameter)
{
    switch (trainer::typeOf(parameter.defaultValue)) {
    case trainer::ValueType::Boolean:
        return isHonoured(parameter, !std::get<bool>(parameter.defaultValue));
    case trainer::ValueType::Text:
        return !parameter.choices.empty() || isHonoured(parameter, std::string("any"));
    default:
        return true;
    }
}

bool isAvailable(const trainer::Parameter& parameter, std::string_view choice)
{
    if (trainer::typeOf(parameter.defaultValue) == trainer::ValueType::List)
        return isHonoured(parameter, std::vector<std::string> { std::string(choice) });
    return isHonoured(parameter, std::string(choice));
}

} // namespace nabiz::ui
