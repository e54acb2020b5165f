// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Training");

} // namespace

std::vector<Parameter> training()
{
    return {
        { .key = "training.batch_size", .label = NABIZ_TEXT("Parameter", "Batch size"), .group = kGroup,
          .level = kEssential, .defaultValue = whole(4), .minimum = 1, .maximum = 1000000,
          .unit = NABIZ_TEXT("Parameter", "samples"),
          .help = NABIZ_TEXT("Parameter",
              "Samples computed at once. More makes the gradient steadier and takes memory in proportion.") },
        { .key = "training.gradient_accumulation_steps", .label = NABIZ_TEXT("Parameter", "Accumulation"),
          .group = kGroup, .level = kEssential, .defaultValue = whole(1), .minimum = 1, .maximum = 1000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "Batches whose gradients are averaged for one step. Works as a larger batch without its "
              "memory, and takes as many times longer a step.") },
        { .key = "training.learning_rate", .label = NABIZ_TEXT("Parameter", "Learning rate"), .group = kGroup,
          .level = kEssential, .defaultValue = real(1e-3), .minimum = 0, .minimumExcluded = true,
          .help = NABIZ_TEXT("Parameter",
              "How far one step goes. Higher learns faster until the loss jumps or becomes NaN.") },
        { .key = "training.schedule", .label = NABIZ_TEXT("Parameter", "Schedule"), .group = kGroup,
          .level = kMore, .defaultValue = text("cosine"), .choices = { "constant", "cosine", "linear" },
          .help = NABIZ_TEXT("Parameter",
              "How the rate falls after the warm-up: not at all, along a cosine, or in a straight line.") },
        { .key = "training.warmup_steps", .label = NABIZ_TEXT("Parameter", "Warm-up"), .group = kGroup,
          .level = kMore, .defaultValue = whole(30), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "steps"),
          .help = NABIZ_TEXT("Parameter",
              "Steps in which the rate rises to its full height. Too few can upset the first steps; as "
              "many as there are steps never reach the full rate.") },
        { .key = "training.max_steps", .label = NABIZ_TEXT("Parameter", "Steps"), .group = kGroup,
          .level = kEssential, .defaultValue = whole(400), .minimum = 1, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "steps"),
          .help = NABIZ_TEXT("Parameter",
              "Optimizer steps, each of as many batches as are accumulated. Time grows in proportion.") },
        { .key = "training.seed", .label = NABIZ_TEXT("Parameter", "Seed"), .group = kGroup, .level = kEssential,
          .defaultValue = whole(1), .minimum = 0,
          .help = NABIZ_TEXT("Parameter",
              "Where all chance begins. The same seed on the same machine gives the same losses.") },
        { .key = "training.gradient_clip", .label = NABIZ_TEXT("Parameter", "Gradient clip"), .group = kGroup,
          .level = kMore, .defaultValue = real(1.0), .minimum = 0,
          .help = NABIZ_TEXT("Parameter",
              "Longest gradient a step may use; 0 is no limit. Lower steadies training and slows it.") },
        { .key = "training.optimizer", .label = NABIZ_TEXT("Parameter", "Optimizer"), .group = kGroup,
          .level = kMore, .defaultValue = text("adamw"), .choices = { "adamw" },
          .help = NABIZ_TEXT("Parameter",
              "The rule by which the weights follow the gradient. adamw holds two more numbers for each "
              "weight.") },
        { .key = "training.adam_beta1", .label = NABIZ_TEXT("Parameter", "Beta 1"), .group = kGroup,
          .level = kMore, .defaultValue = real(0.9), .minimum = 0, .maximum = 1, .maximumExcluded = true,
          .help = NABIZ_TEXT("Parameter",
              "How long past gradients are remembered. Higher is smoother and slower to turn.") },
        { .key = "training.adam_beta2", .label = NABIZ_TEXT("Parameter", "Beta 2"), .group = kGroup,
          .level = kMore, .defaultValue = real(0.999), .minimum = 0, .maximum = 1, .maximumExcluded = true,
          .help = NABIZ_TEXT("Parameter",
              "How long the size of past gradients is remembered. Higher is steadier and slower to adapt.") },
        { .key = "training.adam_epsilon", .label = NABIZ_TEXT("Parameter", "Epsilon"), .group = kGroup,
          .level = kMore, .defaultValue = real(1e-8), .minimum = 0, .minimumExcluded = true,
          .help = NABIZ_TEXT("Parameter",
              "Keeps the division from zero. Larger makes steps of rarely used weights smaller.") },
        { .key = "training.weight_decay", .label = NABIZ_TEXT("Parameter", "Weight decay"), .group = kGroup,
          .level = kMore, .defaultValue = real(0.01), .minimum = 0,
          .help = NABIZ_TEXT("Parameter",
              "How strongly weights are pulled to zero. More holds back learning by heart.") },
        { .key = "training.use_amp", .label = NABIZ_TEXT("Parameter", "Mixed precision"), .group = kGroup,
          .level = kMore, .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter",
              "Computes in 16 bits where that is safe: about half the activations' memory and faster on a"
              " GPU.") },
        { .key = "training.amp_dtype", .label = NABIZ_TEXT("Parameter", "Mixed precision type"), .group = kGroup,
          .level = kMore, .defaultValue = text("float16"), .choices = { "float16", "bfloat16" },
          .help = NABIZ_TEXT("Parameter",
              "The 16-bit numbers of mixed precision. bfloat16 needs no loss scaling but a GPU of compute"
              " capability 8.0 or later."),
          .visibleWhen = "training.use_amp" },
        { .key = "training.use_gradient_checkpointing", .label = NABIZ_TEXT("Parameter", "Gradient checkpointing"),
          .group = kGroup, .level = kMore, .defaultValue = flag(false),
          .help = NABIZ_TEXT("Parameter",
              "Computes activations again in the backward pass in place of keeping them: much less "
              "memory, about a third more time.") },
        { .key = "training.balance_in_loss", .label = NABIZ_TEXT("Parameter", "Load balance in the loss"),
          .group = kGroup, .level = kMore, .defaultValue = flag(true),
          .help = NABIZ_TEXT("Parameter",
              "Adds the term that keeps the router from using one expert alone. Off is what the published"
              " program did under mixed precision.") },
        { .key = "training.sample_interval", .label = NABIZ_TEXT("Parameter", "Sample text every"),
          .group = kGroup, .level = kMore, .defaultValue = whole(50), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "Batches between two texts written by the model; 0 is never. Each takes a moment.") },
        { .key = "training.sample_prompt", .label = NABIZ_TEXT("Parameter", "Prompt"), .group = kGroup,
          .level = kMore, .defaultValue = text("bir "),
          .help = NABIZ_TEXT("Parameter", "The beginning that the model continues in its sample texts.") },
        { .key = "training.log_interval", .label = NABIZ_TEXT("Parameter", "Print every"), .group = kGroup,
          .level = kMore, .defaultValue = whole(10), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "Batches between two lines on the console; 0 is never. Points are kept for every batch.") },
        { .key = "training.save_interval", .label = NABIZ_TEXT("Parameter", "Checkpoint every"), .group = kGroup,
          .level = kMore, .defaultValue = whole(100), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "Batches between two checkpoints; 0 is never. What happened since the last one is lost when"
              " the run is cut off.") },
        { .key = "training.keep_checkpoints", .label = NABIZ_TEXT("Parameter", "Keep checkpoints"),
          .group = kGroup, .level = kMore, .defaultValue = whole(3), .minimum = 1, .maximum = 1000000,
          .unit = NABIZ_TEXT("Parameter", "checkpoints"),
          .help = NABIZ_TEXT("Parameter",
              "How many of the newest checkpoints stay on the disk. Each takes about three times the size"
              " of the weights.") },
        { .key = "training.eval_interval", .label = NABIZ_TEXT("Parameter", "Evaluate every"), .group = kGroup,
          .level = kMore, .defaultValue = whole(50), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter", "Batches between two validation losses; 0 is never. Each takes time.") },
        { .key = "training.eval_batches", .label = NABIZ_TEXT("Parameter", "Batches of an evaluation"),
          .group = kGroup, .level = kMore, .defaultValue = whole(8), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "How many batches a validation loss is the mean of; 0 takes the whole validation set. More "
              "is steadier and takes longer.") },
        { .key = "training.stop_on_nonfinite", .label = NABIZ_TEXT("Parameter", "Stop after NaN"),
          .group = kGroup, .level = kMore, .defaultValue = whole(20), .minimum = 0, .maximum = 1000000000,
          .unit = NABIZ_TEXT("Parameter", "batches"),
          .help = NABIZ_TEXT("Parameter",
              "Batches a run goes on after the first loss that is NaN or infinite; 0 stops at once.") },
    };
}

} // namespace nabiz::trainer::rows
