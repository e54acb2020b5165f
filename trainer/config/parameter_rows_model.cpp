// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Model");

} // namespace

std::vector<Parameter> model()
{
    return {
        { .key = "model.vocab_size", .label = NABIZ_TEXT("Parameter", "Vocabulary"), .group = kGroup, .level = kMore,
          .defaultValue = whole(256), .minimum = 2, .maximum = 256, .unit = NABIZ_TEXT("Parameter", "bytes"),
          .help = NABIZ_TEXT("Parameter",
              "How many byte values the model knows. Below 256 it can only read text whose bytes are all "
              "smaller.") },
        { .key = "model.d_model", .label = NABIZ_TEXT("Parameter", "Width"), .group = kGroup, .level = kEssential,
          .defaultValue = whole(128), .minimum = 1, .maximum = 65536,
          .help = NABIZ_TEXT("Parameter",
              "Numbers that stand for one character. Twice the width is about four times the weights and "
              "the time.") },
        { .key = "model.n_layers", .label = NABIZ_TEXT("Parameter", "Layers"), .group = kGroup, .level = kEssential,
          .defaultValue = whole(4), .minimum = 1, .maximum = 1000,
          .help = NABIZ_TEXT("Parameter", "Blocks one after another. Memory and time grow in proportion.") },
        { .key = "model.n_heads", .label = NABIZ_TEXT("Parameter", "Attention heads"), .group = kGroup,
          .level = kMore, .defaultValue = whole(4), .minimum = 1, .maximum = 1024,
          .help = NABIZ_TEXT("Parameter",
              "Parts the width is divided into for attention; they must divide it without remainder. The "
              "number of weights stays the same.") },
        { .key = "model.d_ff", .label = NABIZ_TEXT("Parameter", "Inner width of experts"), .group = kGroup,
          .level = kMore, .defaultValue = whole(512), .minimum = 1, .maximum = 1000000,
          .help = NABIZ_TEXT("Parameter", "Width inside a standard expert. Its weights and time grow in proportion.") },
        { .key = "model.expert_types", .label = NABIZ_TEXT("Parameter", "Experts"), .group = kGroup,
          .level = kEssential, .defaultValue = list({ "standard", "language" }), .minimum = 1, .maximum = 8,
          .choices = { "standard", "language", "logic", "spatial", "causal" },
          .help = NABIZ_TEXT("Parameter",
              "The experts of every block, between which a router chooses two for each position. Each "
              "adds weights; language also runs the frozen language model.") },
        { .key = "model.n_experts", .label = NABIZ_TEXT("Parameter", "Number of experts"), .group = kGroup,
          .level = kMore, .defaultValue = whole(2), .minimum = 1, .maximum = 8,
          .help = NABIZ_TEXT("Parameter", "How many experts a block has: always the length of the list of experts."),
          .derived = true },
        { .key = "model.max_seq_len", .label = NABIZ_TEXT("Parameter", "Length of a sample"), .group = kGroup,
          .level = kEssential, .defaultValue = whole(256), .minimum = 8, .maximum = 8192,
          .unit = NABIZ_TEXT("Parameter", "bytes"),
          .help = NABIZ_TEXT("Parameter",
              "Longest sample in bytes. Longer shows more context; attention takes memory and time with "
              "its square.") },
        { .key = "model.use_memory", .label = NABIZ_TEXT("Parameter", "Memory"), .group = kGroup, .level = kMore,
          .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter", "Adds memory slots between the encoder and the blocks.") },
        { .key = "model.memory_size", .label = NABIZ_TEXT("Parameter", "Memory slots"), .group = kGroup,
          .level = kMore, .defaultValue = whole(500), .minimum = 1, .maximum = 100000,
          .help = NABIZ_TEXT("Parameter", "How many slots the memory has. Its weights grow in proportion."),
          .visibleWhen = "model.use_memory" },
        { .key = "model.use_introspection", .label = NABIZ_TEXT("Parameter", "Introspection"), .group = kGroup,
          .level = kMore, .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter",
              "Lets the last block look at its own work and correct it, at most twice. Costs time.") },
        { .key = "model.use_linear_attention", .label = NABIZ_TEXT("Parameter", "Linear attention"), .group = kGroup,
          .level = kMore, .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter",
              "Attention whose time grows with the length and not with its square; it is less exact.") },
        { .key = "model.use_multimodal", .label = NABIZ_TEXT("Parameter", "Pictures and sound"), .group = kGroup,
          .level = kMore, .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter", "Nabız trains on text alone, so this can only be off."), .fixed = true },
        { .key = "model.dropout", .label = NABIZ_TEXT("Parameter", "Dropout"), .group = kGroup, .level = kMore,
          .defaultValue = real(0.1), .minimum = 0, .maximum = 1, .maximumExcluded = true,
          .help = NABIZ_TEXT("Parameter",
              "The part of the activations that is set to zero while training. More holds back learning "
              "by heart and slows learning.") },
        { .key = "model.init", .label = NABIZ_TEXT("Parameter", "Weights to start from"), .group = kGroup,
          .level = kMore, .defaultValue = text(""),
          .help = NABIZ_TEXT("Parameter",
              "A safetensors file whose weights the model starts from. Empty starts from random ones."),
          .isPath = true },
        { .key = "model.causal", .label = NABIZ_TEXT("Parameter", "Causal"), .group = kGroup, .level = kMore,
          .defaultValue = flag(true),
          .help = NABIZ_TEXT("Parameter",
              "Keeps every position from seeing what follows it. Off, the model sees its own targets and "
              "the loss means nothing.") },
    };
}

} // namespace nabiz::trainer::rows
