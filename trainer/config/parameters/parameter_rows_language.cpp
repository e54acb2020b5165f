// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Language");

} // namespace

std::vector<Parameter> language()
{
    return {
        { .key = "language.path",
            .label = NABIZ_TEXT("Parameter", "Language weights"),
            .group = kGroup,
            .level = kEssential,
            .defaultValue = text(""),
            .help = NABIZ_TEXT("Parameter",
                "The language model: its name in the Hugging Face cache, which `nabiz weights get` fills, or the folder "
                "with its config.json and model.safetensors. Empty uses the stand-in."),
            .isPath = true,
            .suggestions = { "Qwen/Qwen3-0.6B" } },
        { .key = "language.stand_in",
            .label = NABIZ_TEXT("Parameter", "Stand-in"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("hidden=128,layers=2"),
            .help = NABIZ_TEXT("Parameter",
                "A language model of this shape with random weights: memory and speed are those of a true "
                "one, what it knows is not. A folder of weights wins over it."),
            .suggestions = { "hidden=128,layers=2", "qwen3-0.6b" } },
        { .key = "language.sharing",
            .label = NABIZ_TEXT("Parameter", "Language model"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("shared"),
            .choices = { "shared", "per_expert" },
            .help = NABIZ_TEXT("Parameter",
                "shared holds one language model for all blocks. per_expert gives the language expert of "
                "each block a copy of its own, and memory grows with their number.") },
        { .key = "language.adapters",
            .label = NABIZ_TEXT("Parameter", "Adapters"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("shared"),
            .choices = { "shared", "per_expert" },
            .help = NABIZ_TEXT("Parameter",
                "The layers that lead into the language model and out of it: one pair for the model, or one"
                " for each expert, which learns more and takes more weights.") },
        { .key = "language.train_adapters",
            .label = NABIZ_TEXT("Parameter", "Train the adapters"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = flag(true),
            .help
            = NABIZ_TEXT("Parameter", "Off, the adapters stay at their random start, as in the published program.") },
        { .key = "language.gradient_through_llm",
            .label = NABIZ_TEXT("Parameter", "Gradient through the language model"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = flag(false),
            .help = NABIZ_TEXT("Parameter",
                "Lets the input adapter learn through the frozen language model. Takes more memory and "
                "time.") },
        { .key = "language.dtype",
            .label = NABIZ_TEXT("Parameter", "Precision of its weights"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("auto"),
            .choices = { "auto", "float32", "float16", "bfloat16", "int8" },
            .help = NABIZ_TEXT("Parameter",
                "Numbers the frozen weights are held in: half the bits, half the memory. auto is float32 on"
                " a CPU and float16 on CUDA.") },
    };
}

} // namespace nabiz::trainer::rows
