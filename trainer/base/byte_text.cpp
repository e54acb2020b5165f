// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/byte_text.h"

#include <charconv>
#include <cmath>

namespace nabiz::trainer {

std::string bytesText(std::int64_t bytes)
{
    struct Unit {
        double size;
        const char* name;
    };
    const double value = static_cast<double>(bytes);
    for (const Unit unit : { Unit { 1e9, " GB" }, Unit { 1e6, " MB" }, Unit { 1e3, " kB" } }) {
        if (std::abs(value) < unit.size)
            continue;
        char text[32] = {};
        std::to_chars(text, text + sizeof text - 1, value / unit.size, std::chars_format::fixed, 1);
        return std::string(text) + unit.name;
    }
    return std::to_string(bytes) + " B";
}

} // namespace nabiz::trainer
