// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/plain_number.h"

#include "trainer/base/value.h"

#include <array>
#include <charconv>
#include <cmath>

namespace nabiz::trainer {

std::string toFixed(double value, int decimals)
{
    if (!std::isfinite(value))
        return toText(value);
    std::array<char, 512> buffer; // 309 digits before the point
    const auto end
        = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals).ptr;
    return { buffer.data(), end };
}

std::optional<double> finiteNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace nabiz::trainer
