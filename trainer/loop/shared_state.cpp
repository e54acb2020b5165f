// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/shared_state.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <bit>
#include <functional>

namespace nabiz::trainer {

namespace {

void shareTensor(Comm& comm, const at::Tensor& tensor)
{
    if (tensor.device().is_cpu() && tensor.is_contiguous()) {
        comm.broadcast(tensor.detach());
        return;
    }
    const at::Tensor host = tensor.detach().to(at::kCPU).contiguous();
    comm.broadcast(host);
    tensor.detach().copy_(host);
}

// Numbers in the order in which they are named, as rank 0 has them.
class Numbers {
public:
    template <typename Value> Numbers& add(Value& value)
    {
        static_assert(sizeof(Value) == sizeof(std::int64_t));
        m_bits.push_back(std::bit_cast<std::int64_t>(value));
        m_readers.push_back([&value](std::int64_t bits) { value = std::bit_cast<Value>(bits); });
        return *this;
    }
    void share(Comm& comm)
    {
        const at::Tensor tensor = at::empty({ static_cast<std::int64_t>(m_bits.size()) }, at::kLong);
        std::ranges::copy(m_bits, tensor.mutable_data_ptr<std::int64_t>());
        comm.broadcast(tensor);
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            m_readers[i](tensor.const_data_ptr<std::int64_t>()[i]);
    }

private:
    std::vector<std::int64_t> m_bits;
    std::vector<std::function<void(std::int64_t)>> m_readers;
};

void shareOptimizer(Comm& comm, PreparedRun& run, std::int64_t steps)
{
    for (std::size_t i = 0; i < run.optimizer.trained().size(); ++i) {
        shareTensor(comm, run.optimizer.firstMoments()[i]);
        shareTensor(comm, run.optimizer.secondMoments()[i]);
        shareTensor(comm, run.optimizer.stepCounters()[i]);
    }
    run.optimizer.setSteps(steps);
    if (run.scaler.isEnabled()) {
        shareTensor(comm, run.scaler.scale());
        shareTensor(comm, run.scaler.growth());
    }
}

// The rows of the whole batch are in a checkpoint; each goes on with its own.
void shareMemory(Comm& comm, const PreparedRun& run, MemoryState& memory, std::int64_t rows)
{
    if (rows == 0)
        return;
    const std::int64_t own = rows / comm.size();
    if (comm.rank() != 0)
        memory.newest
            = at::zeros({ rows, 1, run.model.config().size }, at::TensorOptions(run.device).dtype(at::kFloat));
    shareTensor(comm, memory.newest);
    if (rows % comm.size() == 0)
        memory.newest = memory.newest.narrow(0, own * comm.rank(), own).clone();
}

} // namespace

void shareState(Comm& comm, PreparedRun& run, Pass& pass, TrainingPlace& place, bool resumed)
{
    const at::NoGradGuard guard;
    for (const NamedTensor& entry : run.model.weights().all())
        shareTensor(comm, entry.tensor);
    MemoryState& memory = pass.memory();
    Sampler::State sampler = run.sampler.save();
    std::int64_t goesOn = resumed ? 1 : 0, steps = run.optimizer.steps();
    std::int64_t rows = memory.newest.defined() ? memory.newest.size(0) : 0;
    std::uint64_t seed = pass.seed(), calls = pass.calls();
    Numbers()
        .add(goesOn)
        .add(steps)
        .add(rows)
        .add(seed)
        .add(calls)
        .add(memory.passes)
        .add(sampler.seed)
        .add(sampler.epoch)
        .add(sampler.position)
        .add(place.batch)
        .add(place.seconds)
        .add(place.best.batch)
        .add(place.best.loss)
        .add(place.best.since)
        .share(comm);
    if (goesOn == 0)
        return;
    shareOptimizer(comm, run, steps);
    shareMemory(comm, run, memory, rows);
    pass.setStream(seed, calls);
    run.sampler.restore(sampler);
}

} // namespace nabiz::trainer
