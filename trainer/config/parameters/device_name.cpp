// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/device_name.h"

#include <charconv>

namespace nabiz::trainer {

std::optional<DeviceName> parseDevice(std::string_view text)
{
    if (text == "auto")
        return DeviceName { .automatic = true };
    if (text == "cpu")
        return DeviceName {};
    if (text == "cuda")
        return DeviceName { .cuda = true };
    constexpr std::string_view numbered = "cuda:";
    if (!text.starts_with(numbered))
        return std::nullopt;
    const std::string_view number = text.substr(numbered.size());
    DeviceName device { .cuda = true };
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), device.index);
    if (error != std::errc() || end != number.data() + number.size() || device.index < 0)
        return std::nullopt;
    return device;
}

} // namespace nabiz::trainer
