// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/cuda_state.h"

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

} // namespace nabiz::trainer
