// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/torch_device.h"

#include "trainer/memory/hardware.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <dlfcn.h>

#include <charconv>
#include <filesystem>

namespace nabiz::trainer {

namespace {

// Nothing of CUDA is linked, so that one program serves both kinds of machine: its library lies beside libtorch_cpu.so.
// Opened once; what it was found to be.
struct CudaLibrary {
    bool there = false;
    std::string failure;
};

const CudaLibrary& cudaLibrary()
{
    static const CudaLibrary library = [] {
        CudaLibrary found;
        Dl_info info {};
        if (dladdr(reinterpret_cast<const void*>(&at::globalContext), &info) == 0 || !info.dli_fname)
            return found;
        const auto file = std::filesystem::path(info.dli_fname).parent_path() / "libtorch_cuda.so";
        std::error_code error;
        found.there = std::filesystem::exists(file, error);
        if (found.there && !dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL)) {
            found.failure = dlerror();
            TORCH_WARN("libtorch_cuda.so cannot be opened: ", found.failure);
        }
        return found;
    }();
    return library;
}

} // namespace

int cudaDeviceCount()
{
    cudaLibrary();
    return at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
}

CudaState cudaState()
{
    CudaState state;
    state.built = cudaLibrary().there;
    state.broken = cudaLibrary().failure;
    state.driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr; // stays open, as LibTorch keeps it
    state.gpus = visibleGpus().size();
    if (state.gpus == 0)
        state.noGpus = whyNoCuda();
    else
        state.driverVersion = visibleGpus().front().driver;
    state.usable = cudaDeviceCount();
    return state;
}

c10::Device resolveDevice(const std::string& setting)
{
    if (setting == "cpu")
        return c10::Device(c10::kCPU);
    const int count = cudaDeviceCount();
    if (setting == "auto" && count == 0)
        return c10::Device(c10::kCPU);
    int index = 0;
    if (setting.starts_with("cuda:"))
        std::from_chars(setting.data() + 5, setting.data() + setting.size(), index);
    if (index >= count) {
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message",
                        "LibTorch finds no device “%1” here (CUDA devices: %2): set hardware.device=cpu, "
                        "or see `nabiz doctor`."),
                setting, std::to_string(count)));
    }
    at::globalContext().lazyInitDevice(c10::kCUDA);
    return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

std::string deviceName(c10::Device device)
{
    return device.str();
}

TrainError describeTorchError(const c10::Error& error)
{
    const std::string text = error.what_without_backtrace();
    const bool ofDevice = text.find("CUDA") != std::string::npos || text.find("cuda") != std::string::npos;
    return TrainError(ofDevice ? TrainErrorKind::Device : TrainErrorKind::Internal,
        message(NABIZ_TEXT("Message", "LibTorch failed: %1"), text));
}

} // namespace nabiz::trainer
