// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/cuda_state.h"

#include <cstdlib>

namespace nabiz::trainer {

Message describe(const CudaState& state)
{
    if (state.usable > 0)
        return message(NABIZ_TEXT("Message", "LibTorch can use %1 CUDA devices here, counted from 0."),
            std::to_string(state.usable));
    if (!state.built)
        return message(
            NABIZ_TEXT("Message", "This LibTorch is built for the CPU alone; `./run.sh setup` fetches one with CUDA."));
    if (!state.broken.empty())
        return message(NABIZ_TEXT("Message", "LibTorch's library for CUDA cannot be opened: %1"), state.broken);
    if (!state.driver)
        return message(NABIZ_TEXT("Message",
            "LibTorch is built for CUDA, but there is no NVIDIA driver here: libcuda.so.1 is not "
            "found."));
    const std::string version = state.driverVersion.empty() ? "?" : state.driverVersion;
    if (state.gpus == 0 && state.noGpus == NoCuda::Hidden)
        return message(NABIZ_TEXT("Message",
            "LibTorch is built for CUDA and there is an NVIDIA driver, but CUDA_VISIBLE_DEVICES hides every GPU: unset "
            "it, or name one that is there."));
    if (state.gpus == 0 && (state.noGpus == NoCuda::NoDriver || state.noGpus == NoCuda::NoAnswer))
        return message(NABIZ_TEXT("Message",
            "LibTorch is built for CUDA and there is an NVIDIA driver, but its management library (libnvidia-ml.so.1) is "
            "missing or does not answer, so that no GPU is known: install it with the driver, or load the driver."));
    if (state.gpus == 0)
        return message(NABIZ_TEXT("Message",
                           "LibTorch is built for CUDA and there is an NVIDIA driver (%1), but it shows no GPU: "
                           "none is there, or CUDA_VISIBLE_DEVICES hides it."),
            version);
    return message(NABIZ_TEXT("Message",
                       "LibTorch is built for CUDA, but can use none of the %1 GPUs that the NVIDIA driver %2 "
                       "shows: the driver is too old for this LibTorch, or the GPU is."),
        std::to_string(state.gpus), version);
}

void prepareCudaEnvironment()
{
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:2:16:8", 0);
    if (!std::getenv("PYTORCH_CUDA_ALLOC_CONF"))
        ::setenv("PYTORCH_ALLOC_CONF", "expandable_segments:True", 0);
}

} // namespace nabiz::trainer
