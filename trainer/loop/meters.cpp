// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/meters.h"

#include "trainer/loop/memory_failure.h"
#include "trainer/memory/device_memory.h"

#include <utility>

namespace nabiz::trainer {

Meters::Meters(c10::Device device, const Config& config, std::optional<std::int64_t> ledger)
    : m_device(device)
    , m_capBytes(config.integer("hardware.max_memory_mb") * 1000000)
    , m_ledger(ledger)
{
    if (!device.is_cpu())
        m_gpu.emplace(device.index());
}

void Meters::beginBatch()
{
    if (!std::exchange(m_hasBegun, true))
        resetDevicePeak(m_device); // what preparing took is no batch's
}

void Meters::addTo(BatchRow& row)
{
    const auto memory = readDeviceMemory(m_device);
    if (memory) {
        row.set(Metric::MemoryAllocated, static_cast<double>(memory->allocated));
        row.set(Metric::MemoryPeak, static_cast<double>(memory->peak));
        m_peakBytes = memory->peak;
        if (m_ledger)
            row.set(Metric::MemoryUnaccounted, static_cast<double>(memory->peak - *m_ledger));
        resetDevicePeak(m_device);
    }
    if (memory && !m_device.is_cpu()) {
        row.set(Metric::MemoryReserved, static_cast<double>(memory->reserved));
        m_takenBytes = memory->reserved;
        addGpuState(row);
    } else {
        m_takenBytes = m_process.residentBytes();
        row.set(Metric::MemoryProcess, static_cast<double>(m_takenBytes));
    }
}

// The driver takes milliseconds to answer, and its figures are means over as long as a second.
void Meters::addGpuState(BatchRow& row)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_gpu->available() || now - m_askedGpu < std::chrono::seconds(1))
        return;
    m_askedGpu = now;
    GpuState state = m_gpu->read();
    const auto set = [&](Metric metric, const auto& value) {
        if (value)
            row.set(metric, static_cast<double>(*value));
    };
    set(Metric::GpuUtilization, state.utilization);
    set(Metric::GpuTemperature, state.temperature);
    set(Metric::GpuPower, state.power);
    set(Metric::GpuClock, state.clock);
    set(Metric::MemoryDeviceUsed, state.usedBytes);
    if (state.usedBytes)
        row.set(
            Metric::MemoryDeviceOther, static_cast<double>(std::max<std::int64_t>(0, *state.usedBytes - m_takenBytes)));
    m_throttle = std::move(state.throttle);
}

void Meters::check(Sink& sink, std::int64_t batch, const std::function<MemoryAccount()>& ledger)
{
    if (m_throttle != m_told) {
        m_told = m_throttle;
        for (const Message& reason : m_told) {
            sink.event({ EventKind::Throttle, batch,
                message(NABIZ_TEXT("Message", "The GPU holds its clock down: %1"), reason.english()) });
        }
    }
    if (m_capBytes > 0 && m_takenBytes > m_capBytes && m_device.is_cpu()) {
        releaseDeviceMemory(m_device); // what the library keeps of freed tensors is no need of training's
        m_takenBytes = m_process.residentBytes();
    }
    if (m_capBytes > 0 && m_takenBytes > m_capBytes)
        throw describePassedCap(m_takenBytes, m_capBytes, m_peakBytes, ledger());
}

} // namespace nabiz::trainer
