// SPDX-License-Identifier: GPL-3.0-or-later
// Dropout with a random stream of its own. On a CPU the mask is a hash of (seed, call, element), computed while the values
// pass through and again in the backward pass: nothing is stored, the result does not depend on the number of threads, and
// it costs a fraction of a Bernoulli draw. p is exact to 2⁻³². On CUDA it is LibTorch's own. Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace nabiz::trainer {

// One pass through the model: whether dropout acts, and where its masks come from.
class Pass {
public:
    static Pass evaluation() { return Pass(); }
    static Pass training(double dropout, std::uint64_t seed)
    {
        Pass pass;
        pass.m_training = true;
        pass.m_dropout = dropout;
        pass.m_seed = seed;
        return pass;
    }

    bool isTraining() const { return m_training; }
    double dropoutProbability() const { return m_training ? m_dropout : 0.0; }
    at::Tensor dropout(const at::Tensor& x);

    // How many masks have been drawn: with the seed, the whole state of the stream.
    std::uint64_t calls() const { return m_calls; }

private:
    Pass() = default;

    bool m_training = false;
    double m_dropout = 0;
    std::uint64_t m_seed = 0;
    std::uint64_t m_calls = 0;
};

} // namespace nabiz::trainer
