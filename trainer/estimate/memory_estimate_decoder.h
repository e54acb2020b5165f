// SPDX-License-Identifier: GPL-3.0-or-later
// The frozen decoder in sizes: trainer/language/decoder.cpp and frozen_matrix.cpp. Its weights take no gradient, so
// that what is kept, where one flows through, is what the gradient of the states needs.
// One thread.
#pragma once

#include "trainer/estimate/memory_estimate_layers.h"

namespace nabiz::trainer::rehearsal {

// Of a setting that has one.
class Decoder : private Layers {
public:
    using Layers::Layers;
    Sized states(const Sized& embeddings);

private:
    Sized attention(const Sized& x);
    Sized feedForward(const Sized& x);
    Sized norm(const Sized& x, int width);
    Sized product(const Sized& x, std::int64_t inputs, std::int64_t outputs);
};

} // namespace nabiz::trainer::rehearsal
