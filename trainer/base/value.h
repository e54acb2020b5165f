// SPDX-License-Identifier: GPL-3.0-or-later
// The value of one parameter, and its text: the text is what YAML, the command line and the database hold, always in
// the C locale. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace nabiz::trainer {

enum class ValueType { Boolean, Integer, Real, Text, List };

// The alternatives stand in the order of ValueType.
using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

inline ValueType typeOf(const Value& value)
{
    return static_cast<ValueType>(value.index());
}

// The shortest YAML scalar or flow list that reads back as the same value: true, 400, 1e-3, "", [standard, language].
std::string toYaml(const Value& value);

// Shortest digits that read back the same double: 0.001, 1e-08, nan, inf, -inf.
std::string toText(double value);
// The same for a number recorded as a float32.
std::string toText(float value);

} // namespace nabiz::trainer
