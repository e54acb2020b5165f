// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/nvml.h"

#include <dlfcn.h>
#include <optional>

namespace nabiz::trainer {

namespace {

template <typename Function> void find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(::dlsym(library, name));
}

constexpr const char* kLibrary = "libnvidia-ml.so.1";

std::optional<Nvml> open()
{
    void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return std::nullopt;
    int (*init)() = nullptr;
    find(library, "nvmlInit_v2", init);
    Nvml nvml;
    find(library, "nvmlDeviceGetCount_v2", nvml.deviceCount);
    find(library, "nvmlDeviceGetHandleByIndex_v2", nvml.deviceByIndex);
    find(library, "nvmlDeviceGetName", nvml.name);
    find(library, "nvmlDeviceGetUUID", nvml.uuid);
    find(library, "nvmlDeviceGetPciInfo_v3", nvml.pciInfo);
    find(library, "nvmlDeviceGetMemoryInfo", nvml.memory);
    find(library, "nvmlDeviceGetCudaComputeCapability", nvml.computeCapability);
    find(library, "nvmlSystemGetDriverVersion", nvml.driverVersion);
    find(library, "nvmlDeviceGetUtilizationRates", nvml.utilization);
    find(library, "nvmlDeviceGetTemperature", nvml.temperature);
    find(library, "nvmlDeviceGetPowerUsage", nvml.power);
    find(library, "nvmlDeviceGetClockInfo", nvml.clock);
    find(library, "nvmlDeviceGetCurrentClocksThrottleReasons", nvml.throttleReasons);
    const bool usable = init && nvml.deviceCount && nvml.deviceByIndex && init() == 0;
    return usable ? std::optional(nvml) : std::nullopt;
}

} // namespace

const Nvml* Nvml::get()
{
    static const std::optional<Nvml> nvml = open();
    return nvml ? &*nvml : nullptr;
}

bool Nvml::isThere()
{
    get();
    return ::dlopen(kLibrary, RTLD_NOW | RTLD_NOLOAD) != nullptr;
}

} // namespace nabiz::trainer
