// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/metric_aliases.h"

#include <algorithm>
#include <deque>

namespace nabiz::storage {

namespace {

// As Hugging Face's Trainer, Lightning, Keras, Accelerate, Ultralytics, nanoGPT and DVCLive write them.
std::vector<std::vector<std::string_view>>& rows()
{
    static std::vector<std::vector<std::string_view>> all {
        { "loss", "train/loss", "train_loss", "loss/train", "Loss/train", "training_loss", "train/loss_step",
            "train_loss_step", "train/loss_epoch", "train_loss_epoch", "epoch_loss", "train.loss" },
        { "val.loss", "val/loss", "val_loss", "eval/loss", "eval_loss", "loss/val", "Loss/val", "loss/eval",
            "validation/loss", "validation_loss", "Loss/validation", "valid/loss", "valid_loss", "val/loss_epoch",
            "test/loss", "test_loss", "loss/test", "Loss/test" },
        { "learning_rate", "lr", "train/learning_rate", "train/lr", "lr-AdamW", "lr-Adam", "lr-SGD", "optim/lr" },
        { "grad_norm", "train/grad_norm", "grad/norm", "gradient_norm" },
        { "tokens_per_second", "train/tokens_per_second", "tokens/sec", "perf/tokens_per_second" },
    };
    return all;
}

} // namespace

void addAliases(const std::string& metric, const std::vector<std::string>& others)
{
    static std::deque<std::string> kept; // what the views show
    auto row = std::find_if(rows().begin(), rows().end(), [&](const auto& one) { return one.front() == metric; });
    if (row == rows().end())
        row = rows().insert(rows().end(), { kept.emplace_back(metric) });
    for (std::size_t i = 0; i < others.size(); ++i)
        row->insert(row->begin() + 1 + static_cast<std::ptrdiff_t>(i), kept.emplace_back(others[i]));
}

std::span<const std::string_view> aliasesOf(std::string_view metric)
{
    for (const auto& row : rows()) {
        if (row.front() == metric)
            return std::span(row).subspan(1);
    }
    return {};
}

} // namespace nabiz::storage
