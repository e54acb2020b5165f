// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/byte_text.h"

#include <charconv>

namespace nabiz::trainer {

std::string bytesText(std::int64_t bytes)
{
    const double value = static_cast<double>(bytes);
    const bool large = value >= 1e9;
    char text[32] = {};
    std::to_chars(text, text + sizeof text - 1, value / (large ? 1e9 : 1e6), std::chars_format::fixed, 1);
    return std::string(text) + (large ? " GB" : " MB");
}

} // namespace nabiz::trainer
