// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/torch_device.h"

#include "trainer/memory/device_memory.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <dlfcn.h>

#include <charconv>
#include <filesystem>

namespace nabiz::trainer {

namespace {

    // Nothing of CUDA is linked, so that one program serves both kinds of machine: its library lies beside libtorch_cpu.so.
    void openCudaLibrary()
    {
        Dl_info info {};
        if (dladdr(reinterpret_cast<const void*>(&at::globalContext), &info) == 0 || !info.dli_fname)
            return;
        const auto library = std::filesystem::path(info.dli_fname).parent_path() / "libtorch_cuda.so";
        std::error_code error;
        if (!std::filesystem::exists(library, error))
            return;
        if (!dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL))
            TORCH_WARN("libtorch_cuda.so cannot be opened: ", dlerror());
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

    // "you tried to allocate 123 bytes", "Tried to allocate 2.00 GiB": the size as the library wrote it.
    std::string triedToAllocate(const std::string& text)
    {
        const std::string_view sign = "ried to allocate ";
        const auto begin = text.find(sign);
        if (begin == std::string::npos)
            return {};
        const std::string tail = text.substr(begin + sign.size());
        std::int64_t bytes = 0;
        const auto [end, failed] = std::from_chars(tail.data(), tail.data() + tail.size(), bytes);
        if (failed == std::errc() && std::string_view(end, 6) == " bytes")
            return bytesText(bytes);
        return tail.substr(0, tail.find_first_of(".\n", tail.find(' ')));
    }

    TrainError outOfMemory(const std::string& text, c10::Device device)
    {
        const std::string wanted = triedToAllocate(text);
        const auto memory = readDeviceMemory(device);
        if (memory) {
            return TrainError(TrainErrorKind::OutOfMemory,
                message(NABIZ_TEXT("Message",
                            "The GPU has run out of memory: the model held %1, and %2 more were asked for. Lower "
                            "training.batch_size, model.max_seq_len or model.d_model."),
                    bytesText(memory->allocated), wanted.empty() ? "?" : wanted));
        }
        return TrainError(TrainErrorKind::OutOfMemory,
            message(NABIZ_TEXT("Message",
                        "This machine has run out of memory: %1 more were asked for. Lower training.batch_size, "
                        "model.max_seq_len or model.d_model."),
                wanted.empty() ? "?" : wanted));
    }

} // namespace

int cudaDeviceCount()
{
    static const bool opened = (openCudaLibrary(), true);
    return opened && at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
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
            message(NABIZ_TEXT("Message", "LibTorch finds no device “%1” here (CUDA devices: %2): set hardware.device=cpu, "
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

TrainError describeTorchError(const c10::Error& error, c10::Device device)
{
    const std::string text = error.what_without_backtrace();
    if (isOutOfMemory(error))
        return outOfMemory(text, device);
    const bool ofDevice = text.find("CUDA") != std::string::npos || text.find("cuda") != std::string::npos;
    return TrainError(ofDevice ? TrainErrorKind::Device : TrainErrorKind::Internal,
        message(NABIZ_TEXT("Message", "LibTorch failed: %1"), text));
}

TrainError memoryCapError(std::int64_t bytes, std::int64_t capBytes)
{
    return TrainError(TrainErrorKind::OutOfMemory,
        message(NABIZ_TEXT("Message", "Training takes %1, more than the %2 that hardware.max_memory_mb allows: raise it, "
                                      "or lower training.batch_size, model.max_seq_len or model.d_model."),
            bytesText(bytes), bytesText(capBytes)));
}

std::string bytesText(std::int64_t bytes)
{
    const double value = static_cast<double>(bytes);
    const bool large = value >= 1e9;
    char text[32] = {};
    std::to_chars(text, text + sizeof text - 1, value / (large ? 1e9 : 1e6), std::chars_format::fixed, 1);
    return std::string(text) + (large ? " GB" : " MB");
}

} // namespace nabiz::trainer
