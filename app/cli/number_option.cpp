// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/number_option.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>

namespace nabiz::app {

namespace {

template <typename Number>
CLI::Option* add(CLI::App& command, const std::string& name, Number& value, Number low, Number high,
    const std::string& help, const char* kind)
{
    const auto read = [&value, name, low, high, kind](const std::string& text) {
        Number number {};
        const char* const end = text.data() + text.size();
        const bool isRead = std::from_chars(text.data(), end, number) == std::from_chars_result { end, std::errc() };
        if (!isRead || !(number >= low && number <= high)) // a NaN is in no range
            throw CLI::ValidationError(name, fmt::format("'{}' is no {} from {} to {}", text, kind, low, high));
        value = number;
    };
    return command.add_option_function<std::string>(name, read, help)->type_name(fmt::format("{}-{}", low, high));
}

} // namespace

CLI::Option* addNumber(
    CLI::App& command, const std::string& name, double& value, double low, double high, const std::string& help)
{
    return add(command, name, value, low, high, help, "number");
}

CLI::Option* addNumber(
    CLI::App& command, const std::string& name, int& value, int low, int high, const std::string& help)
{
    return add(command, name, value, low, high, help, "whole number");
}

} // namespace nabiz::app
