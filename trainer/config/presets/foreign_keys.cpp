// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/foreign_keys.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nabiz::trainer {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// The same work under another name.
constexpr std::array kRenamed {
    Entry { "accumulation_steps", "training.gradient_accumulation_steps" },
    Entry { "amp", "training.use_amp" },
    Entry { "beta1", "training.adam_beta1" },
    Entry { "beta2", "training.adam_beta2" },
    Entry { "bf16", "training.amp_dtype" },
    Entry { "d_model_size", "model.d_model" },
    Entry { "epochs", "training.max_steps" },
    Entry { "eps", "training.adam_epsilon" },
    Entry { "eval_every", "training.eval_interval" },
    Entry { "eval_steps", "training.eval_interval" },
    Entry { "fp16", "training.use_amp" },
    Entry { "gpu_id", "hardware.device" },
    Entry { "grad_accum", "training.gradient_accumulation_steps" },
    Entry { "grad_clip", "training.gradient_clip" },
    Entry { "gradient_checkpointing", "training.use_gradient_checkpointing" },
    Entry { "hidden_size", "model.d_model" },
    Entry { "llm_path", "language.path" },
    Entry { "logging_steps", "training.log_interval" },
    Entry { "lr", "training.learning_rate" },
    Entry { "max_grad_norm", "training.gradient_clip" },
    Entry { "max_length", "model.max_seq_len" },
    Entry { "mixed_precision", "training.use_amp" },
    Entry { "num_epochs", "training.max_steps" },
    Entry { "num_heads", "model.n_heads" },
    Entry { "num_layers", "model.n_layers" },
    Entry { "num_train_epochs", "training.max_steps" },
    Entry { "qwen_model", "language.path" },
    Entry { "qwen_path", "language.path" },
    Entry { "random_seed", "training.seed" },
    Entry { "save_steps", "training.save_interval" },
    Entry { "seq_len", "model.max_seq_len" },
    Entry { "test_path", "data.val_path" },
    Entry { "torch_dtype", "language.dtype" },
    Entry { "use_checkpoint", "training.use_gradient_checkpointing" },
};

// Nothing here does that work, since something makes it needless.
constexpr std::array kNeedless {
    Entry {
        "allow_tf32", NABIZ_TEXT("Message", "%1 has no key here: 16-bit products are chosen by training.use_amp.") },
    Entry { "attention_slice_size",
        NABIZ_TEXT(
            "Message", "%1 has no key here: attention is computed whole; training.batch_size lowers its memory.") },
    Entry { "benchmark", NABIZ_TEXT("Message", "%1 has no key here: the same seed must give the same losses.") },
    Entry { "checkpoint_dir",
        NABIZ_TEXT("Message", "%1 has no key here: checkpoints lie in a folder beside the database, by run.") },
    Entry { "compile", NABIZ_TEXT("Message", "%1 has no key here: the model is compiled into the program.") },
    Entry { "cudnn_benchmark", NABIZ_TEXT("Message", "%1 has no key here: the same seed must give the same losses.") },
    Entry { "deterministic", NABIZ_TEXT("Message", "%1 has no key here: the same seed always gives the same losses.") },
    Entry { "distributed", NABIZ_TEXT("Message", "%1 has no key here: Nabız trains on one device.") },
    Entry { "empty_cache_interval",
        NABIZ_TEXT("Message", "%1 has no key here: the allocator is left alone; hardware.max_memory_mb caps it.") },
    Entry { "log_dir", NABIZ_TEXT("Message", "%1 has no key here: every batch goes into the database (--db).") },
    Entry { "num_workers",
        NABIZ_TEXT("Message",
            "%1 has no key here: the text lies in memory and needs no loaders. CPU threads are hardware.threads.") },
    Entry { "output_dir",
        NABIZ_TEXT("Message", "%1 has no key here: checkpoints lie in a folder beside the database, by run.") },
    Entry { "persistent_workers",
        NABIZ_TEXT("Message", "%1 has no key here: the text lies in memory and needs no loaders.") },
    Entry { "pin_memory",
        NABIZ_TEXT("Message", "%1 has no key here: batches are few bytes, and are copied without waiting.") },
    Entry {
        "prefetch_factor", NABIZ_TEXT("Message", "%1 has no key here: the text lies in memory and needs no loaders.") },
    Entry { "save_dir",
        NABIZ_TEXT("Message", "%1 has no key here: checkpoints lie in a folder beside the database, by run.") },
    Entry { "tensorboard", NABIZ_TEXT("Message", "%1 has no key here: Nabız records and draws every batch itself.") },
    Entry { "torch_compile", NABIZ_TEXT("Message", "%1 has no key here: the model is compiled into the program.") },
    Entry { "use_attention_slicing",
        NABIZ_TEXT(
            "Message", "%1 has no key here: attention is computed whole; training.batch_size lowers its memory.") },
    Entry { "use_flash_attention",
        NABIZ_TEXT("Message", "%1 has no key here: the fastest attention that the device has is always used.") },
    Entry { "use_wandb", NABIZ_TEXT("Message", "%1 has no key here: Nabız records and draws every batch itself.") },
    Entry { "wandb", NABIZ_TEXT("Message", "%1 has no key here: Nabız records and draws every batch itself.") },
};

template <typename Table> std::string_view find(const Table& table, std::string_view name)
{
    const auto found
        = std::find_if(table.begin(), table.end(), [&](const Entry& entry) { return entry.first == name; });
    return found == table.end() ? std::string_view() : found->second;
}

} // namespace

Message foreignKey(std::string_view name)
{
    if (const auto here = find(kRenamed, name); !here.empty())
        return message(NABIZ_TEXT("Message", "%1 is called %2 here."), name, here);
    if (const auto why = find(kNeedless, name); !why.empty())
        return message(why.data(), name);
    return {};
}

} // namespace nabiz::trainer
