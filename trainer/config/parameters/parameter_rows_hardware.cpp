// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Hardware");

} // namespace

std::vector<Parameter> hardware()
{
    return {
        { .key = "hardware.device",
            .label = NABIZ_TEXT("Parameter", "Device"),
            .group = kGroup,
            .level = kEssential,
            .defaultValue = text("auto"),
            .help = NABIZ_TEXT("Parameter",
                "Where the model is trained. auto takes the first CUDA device, or the CPU where there is "
                "none."),
            .suggestions = { "auto", "cpu", "cuda" },
            .resumable = true },
        { .key = "hardware.threads",
            .label = NABIZ_TEXT("Parameter", "Threads"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = whole(0),
            .minimum = 0,
            .maximum = 1024,
            .unit = NABIZ_TEXT("Parameter", "threads"),
            .help
            = NABIZ_TEXT("Parameter", "CPU threads of the training; 0 is all but one, which is left to the window."),
            .resumable = true },
        { .key = "hardware.max_memory_mb",
            .label = NABIZ_TEXT("Parameter", "Memory cap"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = whole(0),
            .minimum = 0,
            .maximum = 1000000000,
            .unit = NABIZ_TEXT("Parameter", "MB"),
            .help = NABIZ_TEXT("Parameter",
                "The most memory that training may take: of the device, or on a CPU of the process; 0 is no cap. "
                "Beyond it the run ends with an account of where memory went."),
            .resumable = true },
    };
}

} // namespace nabiz::trainer::rows
