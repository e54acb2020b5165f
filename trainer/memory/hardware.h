// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine is and how it fares, without LibTorch: processor, memory, and GPUs through the driver's NVML, which
// is opened at run time and may be absent. No CUDA context is created. Any thread; a GpuMonitor on one.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/machine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct GpuFacts {
    std::string name;
    std::string driver;
    std::int64_t totalBytes = 0;
    int computeCapability = 0; // 75 = 7.5; 0 = unknown
    std::string pciBusId; // empty when unknown
};

// The GPUs that CUDA_VISIBLE_DEVICES leaves, in its order; empty without an NVIDIA driver. Asked of the driver once.
const std::vector<GpuFacts>& visibleGpus();

// Of a machine whose visibleGpus() are none.
NoCuda whyNoCuda();

// Devices, compute capability and the cores that this process may use.
Machine probeMachine();

// "Intel(R) Xeon(R) CPU @ 2.20GHz"; empty when the system does not say.
std::string cpuModel();
// Bytes that new programs could take without swapping; 0 when the system does not say.
std::int64_t availableMemory();
std::int64_t totalMemory();

// The resident memory of this process; its file stays open, so that reading it in every batch is cheap.
class ProcessMemory {
public:
    ProcessMemory();
    ~ProcessMemory();
    ProcessMemory(const ProcessMemory&) = delete;
    ProcessMemory& operator=(const ProcessMemory&) = delete;

    std::int64_t residentBytes() const; // 0 when the system does not say

private:
    int m_file = -1;
    std::int64_t m_pageSize = 4096;
};

struct GpuState {
    std::optional<double> utilization; // %
    std::optional<double> temperature; // °C
    std::optional<double> power; // W
    std::optional<double> clock; // MHz
    std::optional<std::int64_t> usedBytes;
    std::optional<std::int64_t> totalBytes;
    // Why the clock is held down, such as "power cap"; empty when it is not, or nobody says.
    std::vector<Message> throttle;
};

// One GPU's state. What the driver cannot say is absent. To be asked about once a second: a call takes milliseconds.
class GpuMonitor {
public:
    // `device` counts in visibleGpus(), as cuda:N does.
    explicit GpuMonitor(int device);

    bool available() const { return m_device != nullptr; }
    GpuState read() const;

private:
    void* m_device = nullptr;
};

} // namespace nabiz::trainer
