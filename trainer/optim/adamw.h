// SPDX-License-Identifier: GPL-3.0-or-later
// AdamW in one fused pass over all trained tensors, and clipping by their common norm, without waiting for the device.
// Training thread only.
#pragma once

#include "trainer/model/layers/weights.h"

namespace nabiz::trainer {

class AdamW {
public:
    struct Settings {
        double beta1 = 0.9;
        double beta2 = 0.999;
        double epsilon = 1e-8;
        double weightDecay = 0.01;
    };

    AdamW(std::vector<NamedTensor> trained, const Settings& settings);

    // The norm of all gradients before clipping, a scalar on their device; `maximum` 0 = no clipping.
    at::Tensor clip(double maximum);
    // A tensor that has got no gradient is left as it is, its decay too. Where `overflow`, a scalar on the device, is 1
    // nothing happens: see GradScaler.
    void step(double rate, const at::Tensor& overflow = {});
    void clearGradients();

    std::vector<at::Tensor> gradients() const; // those that there are
    std::int64_t steps() const { return m_stepCount; } // those left out too
    void setSteps(std::int64_t steps) { m_stepCount = steps; } // of a run that goes on
    const std::vector<NamedTensor>& trained() const { return m_trained; }
    const std::vector<at::Tensor>& firstMoments() const { return m_first; } // in the order of trained()
    const std::vector<at::Tensor>& secondMoments() const { return m_second; }
    const std::vector<at::Tensor>& stepCounters() const { return m_counters; }

private:
    Settings m_settings;
    std::vector<NamedTensor> m_trained;
    std::vector<at::Tensor> m_first;
    std::vector<at::Tensor> m_second;
    std::vector<at::Tensor> m_counters; // float scalars on the device, as the fused kernel wants them
    std::int64_t m_stepCount = 0;
};

} // namespace nabiz::trainer
