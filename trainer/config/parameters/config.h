// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of one run: a value for every row of the parameter table.
// A plain value, cheap to copy; any thread.
#pragma once

#include "trainer/config/parameters/parameter_table.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nabiz::trainer {

class Config {
public:
    // Every parameter at the table's default.
    Config();

    const Value& value(std::string_view key) const;
    // The value must have the row's type; ranges are `validate`'s business. Throws std::invalid_argument otherwise. A
    // list of experts sets their number too.
    void set(std::string_view key, Value value);

    // Typed reads. Throw std::out_of_range for an unknown key, std::bad_variant_access for a wrong type.
    bool boolean(std::string_view key) const { return std::get<bool>(value(key)); }
    std::int64_t integer(std::string_view key) const { return std::get<std::int64_t>(value(key)); }
    double real(std::string_view key) const { return std::get<double>(value(key)); }
    const std::string& text(std::string_view key) const { return std::get<std::string>(value(key)); }
    const std::vector<std::string>& list(std::string_view key) const
    {
        return std::get<std::vector<std::string>>(value(key));
    }

    bool operator==(const Config&) const = default;

private:
    std::vector<Value> m_values; // in the order of the table
};

struct Difference {
    std::string key;
    Value before;
    Value after;
};

// In the table's order.
std::vector<Difference> differences(const Config& before, const Config& after);

// The one-line command that trains `config`: nabiz train PRESET key=value …, quoted for a POSIX shell.
std::string commandLine(std::string_view preset, const Config& presetConfig, const Config& config);

} // namespace nabiz::trainer
