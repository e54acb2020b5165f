// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch took of the machine: memory of LibTorch's allocator, on a CPU of the process, too, and the GPU's state
// as its driver tells it, once a second. Watches over hardware.max_memory_mb. Training thread only.
#pragma once

#include "trainer/base/out_of_memory.h"
#include "trainer/config/parameters/config.h"
#include "trainer/loop/batch_row.h"
#include "trainer/loop/sink.h"
#include "trainer/memory/hardware.h"

#include <c10/core/Device.h>

#include <chrono>
#include <functional>
#include <optional>

namespace nabiz::trainer {

class Meters {
public:
    // `ledger`: the sum of what the peak is predicted to be made of, in bytes; none where it is not known.
    Meters(c10::Device device, const Config& config, std::optional<std::int64_t> ledger);

    void beginBatch();
    // What was held at most counts from the batch before on: evaluation, sample texts and checkpoints are in it.
    void addTo(BatchRow& row);
    std::int64_t takenBytes() const { return m_takenBytes; } // of the newest batch
    // Tells when the GPU began to throttle, and throws OutOfMemory when the cap has been passed: on CUDA what the
    // allocator has reserved counts, on a CPU the resident memory of the process. `ledger` says what is held.
    void check(Sink& sink, std::int64_t batch, const std::function<MemoryAccount()>& ledger);

private:
    void addGpuState(BatchRow& row);

    c10::Device m_device;
    std::int64_t m_capBytes;
    std::optional<std::int64_t> m_ledger;
    std::int64_t m_takenBytes = 0;
    std::int64_t m_peakBytes = 0; // of tensors
    bool m_hasBegun = false;
    ProcessMemory m_process;
    std::optional<GpuMonitor> m_gpu;
    std::chrono::steady_clock::time_point m_askedGpu {};
    std::vector<Message> m_throttle; // of the last answer
    std::vector<Message> m_told;
};

} // namespace nabiz::trainer
