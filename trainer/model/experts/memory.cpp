// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/memory.h"

#include "trainer/model/layers/autocast.h"
#include "trainer/model/layers/product.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kPassesBetweenWrites = 10;
constexpr std::int64_t kMostWriters = 100;
constexpr double kSmallest = 1e-8;

// The part of `other` that the gate lets in: σ(gate([x; other])) · other.
at::Tensor gated(const Linear& gate, const at::Tensor& x, const at::Tensor& other)
{
    return at::sigmoid(gate(at::cat({ x, other }, -1))) * other;
}

at::Tensor strongest(const at::Tensor& states)
{
    const at::Tensor norms = at::linalg_vector_norm(states, 2, at::OptionalIntArrayRef({ -1 }));
    return states.index_select(0, std::get<1>(norms.topk(std::min(kMostWriters, states.size(0)))));
}

} // namespace

Memory::Memory(Weights& weights, const ModelConfig& config)
    : m_slots(weights.matrix("memory.slots", { config.memorySlots, config.size }))
    , m_address(weights, "memory.address", config.size, config.memorySlots)
    , m_write(weights, "memory.write", config.size, config.size, config.size, Mlp::End::Plain)
    , m_slotGate(weights, "memory.slot_gate", 2 * config.size, 1)
    , m_workingGate(weights, "memory.working_gate", 2 * config.size, 1)
    , m_longtermGate(weights, "memory.longterm_gate", 2 * config.size, 1)
    , m_fusion(weights, "memory.fusion", 3 * config.size, config.size, config.size, Mlp::End::Norm)
{
}

at::Tensor Memory::operator()(const at::Tensor& input, Pass& pass) const
{
    MemoryState& state = pass.memory();
    at::Tensor x = input, working;
    if (state.newest.defined() && state.newest.size(0) == x.size(0)) {
        working = state.newest.expand_as(x);
        x = x + gated(m_workingGate, x, working);
    }
    // A view: what is written below replaces the slots, and the backward pass still finds those that were read.
    const at::Tensor own = m_slots.view(m_slots.sizes());
    const at::Tensor slots = state.slots.defined() ? state.slots : own;
    const at::Tensor scores = product(x, slots) / std::sqrt(static_cast<double>(x.size(-1)));
    const at::Tensor longterm = product(at::softmax(scores, -1), slots.t());
    x = x + gated(m_longtermGate, x, longterm);
    const at::Tensor y = m_fusion(at::cat({ x, working.defined() ? working : x, longterm }, -1));

    const at::Tensor reached = x.detach();
    state.newest = reached.narrow(1, reached.size(1) - 1, 1).clone();
    if (++state.passes % kPassesBetweenWrites == 0)
        write(reached, pass);
    return y;
}

void Memory::write(const at::Tensor& x, Pass& pass) const
{
    const at::NoGradGuard guard;
    const Autocast exact(x.device().type(), {});
    MemoryState& state = pass.memory();
    const at::Tensor slots = state.slots.defined() ? state.slots : m_slots;
    const at::Tensor all = x.reshape({ -1, x.size(-1) }).to(at::kFloat);
    const at::Tensor own = strongest(all);
    const at::Tensor writers = pass.isPart() ? strongest(pass.batchRows(own)) : own;
    const std::int64_t count = writers.size(0);
    at::Tensor address = at::softmax(m_address(writers), -1);
    address = address / (address.sum(0) + kSmallest);
    const at::Tensor update = at::matmul(address.t(), m_write(writers)) / static_cast<double>(count);
    const at::Tensor gate = at::sigmoid(m_slotGate(at::cat({ slots, update }, -1)));
    const at::Tensor written = slots * (1 - gate) + update * gate;
    if (pass.isTraining())
        at::Tensor(m_slots).set_data(written); // the same variable for the optimizer, other values
    else
        state.slots = written;
}

} // namespace nabiz::trainer
