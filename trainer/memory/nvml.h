// SPDX-License-Identifier: GPL-3.0-or-later
// The few functions of NVIDIA's management library, found in the driver at run time: nothing is linked, and a machine
// without the driver has none of them. The library stays open for the life of the process. Thread-safe.
#pragma once

namespace nabiz::trainer {

struct NvmlMemory {
    unsigned long long total;
    unsigned long long free;
    unsigned long long used;
};

struct NvmlUtilization {
    unsigned int gpu;
    unsigned int memory;
};

struct NvmlPciInfo {
    char busIdLegacy[16];
    unsigned int domain;
    unsigned int bus;
    unsigned int device;
    unsigned int pciDeviceId;
    unsigned int pciSubSystemId;
    char busId[32];
};

// Every function returns 0 when it did what it says; a member is null when the driver does not have it.
struct Nvml {
    using Device = void*;

    int (*deviceCount)(unsigned int*) = nullptr;
    int (*deviceByIndex)(unsigned int, Device*) = nullptr;
    int (*name)(Device, char*, unsigned int) = nullptr;
    int (*uuid)(Device, char*, unsigned int) = nullptr;
    int (*pciInfo)(Device, NvmlPciInfo*) = nullptr;
    int (*memory)(Device, NvmlMemory*) = nullptr;
    int (*computeCapability)(Device, int*, int*) = nullptr;
    int (*driverVersion)(char*, unsigned int) = nullptr;
    int (*utilization)(Device, NvmlUtilization*) = nullptr;
    int (*temperature)(Device, int, unsigned int*) = nullptr;
    int (*power)(Device, unsigned int*) = nullptr;
    int (*clock)(Device, int, unsigned int*) = nullptr;
    int (*throttleReasons)(Device, unsigned long long*) = nullptr;

    // nullptr where there is no NVIDIA driver, or it does not answer.
    static const Nvml* get();
    // Whether the library itself could be opened.
    static bool isThere();
};

} // namespace nabiz::trainer
