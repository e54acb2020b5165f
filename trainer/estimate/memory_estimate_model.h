// SPDX-License-Identifier: GPL-3.0-or-later
// The model's forward pass in sizes alone: trainer/model/agiformer.cpp, encoder.cpp, block.cpp, moe.cpp, memory.cpp,
// introspection.cpp.
// One thread.
#pragma once

#include "trainer/estimate/memory_estimate_layers.h"

namespace nabiz::trainer::rehearsal {

class Model : private Layers {
public:
    using Layers::Layers;
    // Of one batch, forward and backward.
    void train();

private:
    Sized encoder();
    Sized memory(const Sized& x);
    Sized gated(const std::string& name, const Sized& x, const Sized& other);
    Sized block(std::int64_t index, const Sized& x, const Sized& past);
    Sized moe(const std::string& name, const Sized& x);
    Sized introspection(const std::string& name, const Sized& x, const Sized& past);
    Sized head(const Sized& x);
};

} // namespace nabiz::trainer::rehearsal
