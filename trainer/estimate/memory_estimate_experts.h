// SPDX-License-Identifier: GPL-3.0-or-later
// The experts in sizes: trainer/model/experts/experts.cpp, pair_experts.cpp, relation.cpp, distance.cpp.
// One thread.
#pragma once

#include "trainer/estimate/memory_estimate_layers.h"

namespace nabiz::trainer::rehearsal {

class Experts : private Layers {
public:
    using Layers::Layers;
    Sized expert(const std::string& kind, const std::string& name, const Sized& x);

private:
    Sized languageExpert(const std::string& name, const Sized& x);
    Sized logicExpert(const std::string& name, const Sized& x);
    Sized spatialExpert(const std::string& name, const Sized& x);
    Sized causalExpert(const std::string& name, const Sized& x);
    Sized relation(const std::string& name, const Sized& x, std::int64_t group, bool triangle);
    Sized meanDistance(const Sized& x);
};

} // namespace nabiz::trainer::rehearsal
