// SPDX-License-Identifier: GPL-3.0-or-later
// What hardware.device may say: auto, cpu, cuda, cuda:N.
// Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace nabiz::trainer {

struct DeviceName {
    bool automatic = false;
    bool cuda = false;
    int index = 0;
};

std::optional<DeviceName> parseDevice(std::string_view text);

} // namespace nabiz::trainer
