// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Hardware");
constexpr const char* kDistributed = NABIZ_TEXT("Parameter", "Distributed");

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
        { .key = "hardware.ranks",
            .label = NABIZ_TEXT("Parameter", "Ranks"),
            .group = kDistributed,
            .level = kMore,
            .defaultValue = whole(1),
            .minimum = 1,
            .maximum = 1024,
            .unit = NABIZ_TEXT("Parameter", "processes"),
            .help = NABIZ_TEXT("Parameter",
                "Processes that train together, each on its part of every batch, so that the result is the same. They are "
                "started on this machine; on several, torchrun starts them and says how many they are."),
            .resumable = true },
        { .key = "hardware.rank_timeout",
            .label = NABIZ_TEXT("Parameter", "Patience with ranks"),
            .group = kDistributed,
            .level = kMore,
            .defaultValue = whole(120),
            .minimum = 1,
            .maximum = 86400,
            .unit = NABIZ_TEXT("Parameter", "seconds"),
            .help = NABIZ_TEXT("Parameter",
                "How long a rank that stands still is waited for; then the run ends, and can go on from its last checkpoint. "
                "Longer than the longest sample text or write of a checkpoint, which rank 0 does alone."),
            .resumable = true },
    };
}

} // namespace nabiz::trainer::rows
