// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/figures.h"

#include "trainer/base/byte_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nabiz::trainer {

namespace {

std::string digits(double value, std::chars_format format, int precision)
{
    char text[64];
    return { text, std::to_chars(text, text + sizeof text, value, format, precision).ptr };
}

} // namespace

std::string percentText(double share)
{
    if (share <= 0 || share >= 1)
        return share <= 0 ? "0 %" : "100 %";
    const double percent = 100 * share;
    const double distance = std::min(percent, 100 - percent); // from the nearer end
    const int decimals = distance >= 10 ? 0 : std::clamp(1 - static_cast<int>(std::floor(std::log10(distance))), 1, 4);
    std::string text = digits(percent, std::chars_format::fixed, decimals);
    if (decimals > 0)
        text.erase(text.find_last_not_of("0.") == std::string::npos ? 1 : text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text + " %";
}

std::string figureText(double value)
{
    const double size = std::abs(value);
    if (size > 0 && size < 1e-4)
        return digits(value, std::chars_format::general, 3);
    const int whole = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) : -1;
    if (size >= 1)
        return digits(value, std::chars_format::fixed, std::max(0, 2 - whole));
    const int zeros = size > 0 ? -1 - static_cast<int>(std::floor(std::log10(size))) : 0;
    return digits(value, std::chars_format::fixed, 3 + zeros);
}

std::string megabytesText(std::size_t bytes)
{
    return bytes < 1000000 ? bytesText(static_cast<std::int64_t>(bytes)) : std::to_string(bytes / 1000000) + " MB";
}

} // namespace nabiz::trainer
