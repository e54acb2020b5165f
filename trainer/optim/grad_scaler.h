// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps gradients of float16 products out of the range in which they vanish: the loss is multiplied by a scale that
// grows while all goes well and falls when a gradient overflows, in which case the step is left out. Never waits for
// the device. Off, it changes nothing. Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <vector>

namespace nabiz::trainer {

class GradScaler {
public:
    GradScaler(bool enabled, at::Device device);

    bool isEnabled() const { return m_enabled; }
    at::Tensor scaled(const at::Tensor& loss) const;
    // Divides by the scale, and notes whether any gradient is NaN or infinite.
    void unscale(const std::vector<at::Tensor>& gradients);
    // 1 where the step must be left out, a scalar on the device; undefined when off.
    at::Tensor overflow() const { return m_overflow; }
    // After the step: the scale of the next.
    void update();

    at::Tensor scale() const { return m_scale; } // undefined when off
    at::Tensor growth() const { return m_growth; } // steps since the last change

private:
    bool m_enabled;
    at::Tensor m_scale;
    at::Tensor m_growth;
    at::Tensor m_overflow;
};

} // namespace nabiz::trainer
