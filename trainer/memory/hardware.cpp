// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/hardware.h"

#include "trainer/memory/nvml.h"
#include "trainer/memory/visible_devices.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>

namespace nabiz::trainer {

namespace {

struct Gpu {
    GpuFacts facts;
    Nvml::Device device = nullptr;
};

Gpu describeGpu(const Nvml& nvml, Nvml::Device device)
{
    Gpu gpu;
    gpu.device = device;
    std::array<char, 96> text {};
    if (nvml.name && nvml.name(device, text.data(), text.size()) == 0)
        gpu.facts.name = text.data();
    text = {};
    if (nvml.driverVersion && nvml.driverVersion(text.data(), text.size()) == 0)
        gpu.facts.driver = text.data();
    NvmlMemory memory {};
    if (nvml.memory && nvml.memory(device, &memory) == 0)
        gpu.facts.totalBytes = static_cast<std::int64_t>(memory.total);
    int major = 0;
    int minor = 0;
    if (nvml.computeCapability && nvml.computeCapability(device, &major, &minor) == 0)
        gpu.facts.computeCapability = major * 10 + minor;
    NvmlPciInfo pci {};
    if (nvml.pciInfo && nvml.pciInfo(device, &pci) == 0)
        gpu.facts.pciBusId = pci.busId;
    return gpu;
}

std::vector<Gpu> findGpus()
{
    const Nvml* nvml = Nvml::get();
    unsigned int count = 0;
    if (!nvml || nvml->deviceCount(&count) != 0)
        return {};
    std::vector<Gpu> all;
    std::vector<std::string> uuids;
    for (unsigned int i = 0; i < count; ++i) {
        Nvml::Device device = nullptr;
        if (nvml->deviceByIndex(i, &device) != 0)
            continue;
        all.push_back(describeGpu(*nvml, device));
        std::array<char, 96> uuid {};
        if (nvml->uuid)
            nvml->uuid(device, uuid.data(), uuid.size());
        uuids.emplace_back(uuid.data());
    }
    std::vector<Gpu> visible;
    for (const std::size_t index : visibleDevices(std::getenv("CUDA_VISIBLE_DEVICES"), uuids))
        visible.push_back(all[index]);
    return visible;
}

const std::vector<Gpu>& gpus()
{
    static const std::vector<Gpu> found = findGpus();
    return found;
}

// The value of one line of a file of /proc, "MemAvailable:  123 kB" → "123 kB".
std::string procLine(const char* file, std::string_view name)
{
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with(name))
            continue;
        const auto colon = line.find(':');
        const auto begin = colon == std::string::npos ? colon : line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return {};
}

std::int64_t memoryLine(std::string_view name)
{
    const std::string text = procLine("/proc/meminfo", name);
    std::int64_t kilobytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), kilobytes);
    return kilobytes * 1024;
}

// The idle GPU and clocks that somebody set are no throttling.
std::vector<Message> throttleMessages(unsigned long long reasons)
{
    constexpr std::pair<unsigned long long, const char*> kReasons[] = {
        { 0x04, NABIZ_TEXT("Message", "power cap") },
        { 0x08, NABIZ_TEXT("Message", "hardware slowdown") },
        { 0x20, NABIZ_TEXT("Message", "heat (software limit)") },
        { 0x40, NABIZ_TEXT("Message", "heat (hardware limit)") },
        { 0x80, NABIZ_TEXT("Message", "power brake of the machine") },
    };
    std::vector<Message> messages;
    for (const auto& [bit, text] : kReasons) {
        if (reasons & bit)
            messages.push_back(message(text));
    }
    return messages;
}

} // namespace

const std::vector<GpuFacts>& visibleGpus()
{
    static const std::vector<GpuFacts> facts = [] {
        std::vector<GpuFacts> result;
        for (const Gpu& gpu : gpus())
            result.push_back(gpu.facts);
        return result;
    }();
    return facts;
}

NoCuda whyNoCuda()
{
    unsigned int count = 0;
    const Nvml* nvml = Nvml::get();
    if (!nvml)
        return Nvml::isThere() ? NoCuda::NoAnswer : NoCuda::NoDriver;
    if (nvml->deviceCount(&count) != 0)
        return NoCuda::NoAnswer;
    return count == 0 ? NoCuda::NoGpu : NoCuda::Hidden;
}

Machine probeMachine()
{
    Machine machine;
    if (visibleGpus().empty())
        machine.noCuda = whyNoCuda();
    machine.cudaDevices = static_cast<int>(visibleGpus().size());
    machine.computeCapability = visibleGpus().empty() ? 0 : visibleGpus().front().computeCapability;
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    machine.cores = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0
        ? CPU_COUNT(&allowed)
        : static_cast<int>(std::thread::hardware_concurrency());
    machine.cores = std::max(1, machine.cores);
    machine.memoryBytes = totalMemory();
    for (const GpuFacts& gpu : visibleGpus())
        machine.gpuBytes.push_back(gpu.totalBytes);
    return machine;
}

std::string cpuModel()
{
    return procLine("/proc/cpuinfo", "model name");
}

std::int64_t availableMemory()
{
    return memoryLine("MemAvailable:");
}

std::int64_t totalMemory()
{
    return memoryLine("MemTotal:");
}

ProcessMemory::ProcessMemory()
    : m_file(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC))
    , m_pageSize(::sysconf(_SC_PAGESIZE))
{
}

ProcessMemory::~ProcessMemory()
{
    if (m_file >= 0)
        ::close(m_file);
}

std::int64_t ProcessMemory::residentBytes() const
{
    // "size resident shared …", in pages.
    std::array<char, 128> text;
    const ssize_t length = m_file < 0 ? -1 : ::pread(m_file, text.data(), text.size(), 0);
    if (length <= 0)
        return 0;
    const char* end = text.data() + length;
    const char* resident = std::find(text.data(), const_cast<char*>(end), ' ') + 1;
    std::int64_t pages = 0;
    if (resident < end)
        std::from_chars(resident, end, pages);
    return pages * m_pageSize;
}

GpuMonitor::GpuMonitor(int device)
{
    if (device >= 0 && static_cast<std::size_t>(device) < gpus().size())
        m_device = gpus()[static_cast<std::size_t>(device)].device;
}

GpuState GpuMonitor::read() const
{
    GpuState state;
    const Nvml* nvml = Nvml::get();
    if (!m_device || !nvml)
        return state;
    NvmlUtilization utilization {};
    if (nvml->utilization && nvml->utilization(m_device, &utilization) == 0)
        state.utilization = utilization.gpu;
    unsigned int value = 0;
    if (nvml->temperature && nvml->temperature(m_device, 0, &value) == 0)
        state.temperature = value;
    if (nvml->power && nvml->power(m_device, &value) == 0)
        state.power = value / 1000.0;
    constexpr int kGraphicsClock = 0;
    if (nvml->clock && nvml->clock(m_device, kGraphicsClock, &value) == 0)
        state.clock = value;
    NvmlMemory memory {};
    if (nvml->memory && nvml->memory(m_device, &memory) == 0) {
        state.usedBytes = static_cast<std::int64_t>(memory.used);
        state.totalBytes = static_cast<std::int64_t>(memory.total);
    }
    unsigned long long reasons = 0;
    if (nvml->throttleReasons && nvml->throttleReasons(m_device, &reasons) == 0)
        state.throttle = throttleMessages(reasons);
    return state;
}

} // namespace nabiz::trainer
