// SPDX-License-Identifier: GPL-3.0-or-later
// The rows behind parameterTable(), a function a section: a parameter is added in parameter_rows_SECTION.cpp.
// Each call builds the rows anew; parameterTable() keeps them.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/parameter_table.h"

#include <initializer_list>

namespace nabiz::trainer::rows {

std::vector<Parameter> data();
std::vector<Parameter> model();
std::vector<Parameter> language();
std::vector<Parameter> training();
std::vector<Parameter> hardware();
std::vector<Parameter> queue();

// Typed defaults; a bare literal would leave the choice of the alternative to overload resolution.
inline Value flag(bool value)
{
    return value;
}
inline Value whole(std::int64_t value)
{
    return value;
}
inline Value real(double value)
{
    return value;
}
inline Value text(const char* value)
{
    return std::string(value);
}
inline Value list(std::initializer_list<std::string> value)
{
    return std::vector<std::string>(value);
}

inline constexpr auto kEssential = ParameterLevel::Essential;
inline constexpr auto kMore = ParameterLevel::More;

} // namespace nabiz::trainer::rows
