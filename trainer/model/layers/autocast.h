// SPDX-License-Identifier: GPL-3.0-or-later
// Mixed precision for the length of a scope: LibTorch casts the inputs of products to a smaller type. Its cast copies
// of the weights are dropped at the end of the outermost scope, before an optimizer step makes them stale. Training
// thread only.
#pragma once

#include <ATen/ATen.h>

#include <optional>

namespace nabiz::trainer {

class Autocast {
public:
    // Nothing = float32 in this scope, whatever the one around it does.
    Autocast(at::DeviceType device, std::optional<at::ScalarType> type);
    ~Autocast();
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

    // Copies made without a gradient would silently be used where one is wanted. Nothing where `device` does not cast.
    static void forgetCopies(at::DeviceType device);

private:
    at::DeviceType m_device;
    bool m_wasEnabled;
    at::ScalarType m_type; // before
};

} // namespace nabiz::trainer
