// SPDX-License-Identifier: GPL-3.0-or-later
// Whether one value suits its row of the parameter table, and how a YAML node becomes such a value.
// Pure; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/config/presets/yaml_tree.h"

#include <variant>

namespace nabiz::trainer {

// Why the value lies outside the row's range or choices; empty when it does not.
Message rangeProblem(const Parameter& parameter, const Value& value);

// A value of the row's type that suits it, or why the node is none.
std::variant<Value, Message> readValue(const Parameter& parameter, const YamlNode& node);

} // namespace nabiz::trainer
