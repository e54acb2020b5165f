// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/torch_device.h"

#include "trainer/base/byte_text.h"
#include "trainer/memory/hardware.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <dlfcn.h>

#include <charconv>
#include <cmath>
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

bool isOutOfMemory(const c10::Error& error)
{
    if (dynamic_cast<const c10::OutOfMemoryError*>(&error))
        return true;
    const std::string text = error.what_without_backtrace();
    for (const char* sign : { "out of memory", "ALLOC_FAILED", "can't allocate memory" }) {
        if (text.find(sign) != std::string::npos)
            return true;
    }
    return false;
}

// The size behind `sign`, as the library writes it: "123 bytes", "2.00 GiB".
std::optional<std::int64_t> sizeBehind(std::string_view sign, const std::string& text)
{
    const auto begin = text.find(sign);
    if (begin == std::string::npos)
        return {};
    const std::string_view tail = std::string_view(text).substr(begin + sign.size());
    double number = 0;
    const auto [end, failed] = std::from_chars(tail.data(), tail.data() + tail.size(), number);
    if (failed != std::errc())
        return {};
    const std::string_view unit = tail.substr(static_cast<std::size_t>(end - tail.data()));
    for (const auto& [name, power] :
        { std::pair(" bytes", 0), { " KiB", 10 }, { " MiB", 20 }, { " GiB", 30 }, { " TiB", 40 } }) {
        if (unit.starts_with(name))
            return static_cast<std::int64_t>(std::ldexp(number, power));
    }
    return {};
}

TrainError outOfMemory(const std::string& text, c10::Device device, const MemorySource& memory)
{
    const auto wanted = sizeBehind("ried to allocate ", text);
    const std::string more = wanted ? bytesText(*wanted) : "?";
    if (device.is_cpu()) {
        return TrainError(TrainErrorKind::OutOfMemory,
            message(NABIZ_TEXT("Message",
                        "This machine has run out of memory: %1 more were asked for. Lower training.batch_size, "
                        "model.max_seq_len or model.d_model."),
                more));
    }
    auto held = sizeBehind("Of the allocated memory ", text);
    if (!held) {
        if (const auto figures = memory(device))
            held = figures->peak;
    }
    const auto free = sizeBehind(" of which ", text);
    return TrainError(TrainErrorKind::OutOfMemory,
        message(
            NABIZ_TEXT("Message",
                "The GPU has run out of memory: training held %1 at that moment, %2 of the card were free, and %3 more "
                "were asked for. Lower training.batch_size, model.max_seq_len or model.d_model."),
            held ? bytesText(*held) : "?", free ? bytesText(*free) : "?", more));
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
    if (state.gpus > 0)
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

TrainError describeTorchError(const c10::Error& error, c10::Device device, const MemorySource& memory)
{
    const std::string text = error.what_without_backtrace();
    if (isOutOfMemory(error))
        return outOfMemory(text, device, memory);
    const bool ofDevice = text.find("CUDA") != std::string::npos || text.find("cuda") != std::string::npos;
    return TrainError(ofDevice ? TrainErrorKind::Device : TrainErrorKind::Internal,
        message(NABIZ_TEXT("Message", "LibTorch failed: %1"), text));
}

TrainError memoryCapError(std::int64_t bytes, std::int64_t capBytes)
{
    return TrainError(TrainErrorKind::OutOfMemory,
        message(NABIZ_TEXT("Message",
                    "Training takes %1, more than the %2 that hardware.max_memory_mb allows: raise it, "
                    "or lower training.batch_size, model.max_seq_len or model.d_model."),
            bytesText(bytes), bytesText(capBytes)));
}

} // namespace nabiz::trainer
