// SPDX-License-Identifier: GPL-3.0-or-later
// The memory between encoder and blocks: the newest state of the batch before, and learned slots that are read at every
// position and written to every tenth pass from the strongest states. Training writes into the model's own slots;
// evaluation into the pass's, so that it leaves the model as it was. Training thread only.
#pragma once

#include "trainer/config/parameters/model_config.h"
#include "trainer/model/layers/layers.h"

namespace nabiz::trainer {

class Memory {
public:
    // Parameters memory.slots (M, d), .address, .write, .slot_gate, .working_gate, .longterm_gate, .fusion.
    Memory(Weights& weights, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const; // (B, T, d)

private:
    void write(const at::Tensor& x, Pass& pass) const;

    at::Tensor m_slots;
    Linear m_address;
    Mlp m_write;
    Linear m_slotGate;
    Linear m_workingGate;
    Linear m_longtermGate;
    Mlp m_fusion;
};

} // namespace nabiz::trainer
