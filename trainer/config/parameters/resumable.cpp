// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/resumable.h"

#include "trainer/config/parameters/parameter_table.h"

#include <algorithm>
#include <array>

namespace nabiz::trainer {

namespace {

// Left out: what a checkpoint's tensors, its place in the text or its step that is not over depend on, and what would
// make its best validation loss that of another set.
constexpr std::array<std::string_view, 21> kResumable { "training.learning_rate", "training.schedule",
    "training.warmup_steps", "training.max_steps", "training.gradient_clip", "training.adam_beta1",
    "training.adam_beta2", "training.adam_epsilon", "training.weight_decay", "training.use_gradient_checkpointing",
    "training.sample_interval", "training.sample_prompt", "training.log_interval", "training.save_interval",
    "training.keep_checkpoints", "training.eval_interval", "training.stop_on_nonfinite", "hardware.device",
    "hardware.threads", "hardware.max_memory_mb", "queue.stop_worse_than_median" };

} // namespace

bool mayChangeOnResume(std::string_view key)
{
    return std::ranges::find(kResumable, key) != kResumable.end();
}

std::string resumableKeys()
{
    std::string keys;
    for (const Parameter& row : parameterTable()) {
        if (mayChangeOnResume(row.key))
            keys += (keys.empty() ? "" : ", ") + std::string(row.key);
    }
    return keys;
}

} // namespace nabiz::trainer
