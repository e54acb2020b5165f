// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/shell_quote.h"

namespace nabiz::trainer {

std::string shellQuote(std::string_view word)
{
    constexpr std::string_view safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,+@%";
    if (!word.empty() && word.find_first_not_of(safe) == std::string_view::npos)
        return std::string(word);
    std::string result = "'";
    for (const char c : word)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + '\'';
}

std::string shellAssignment(std::string_view key, const Value& value)
{
    const auto* text = std::get_if<std::string>(&value);
    return shellQuote(std::string(key) + '=' + (text && text->empty() ? std::string() : toYaml(value)));
}

} // namespace nabiz::trainer
