// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/floor.h"

#include "trainer/audit/distinct_text.h"
#include "trainer/audit/figures.h"

#include <lzma.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kCompressed = 2'000'000; // bytes; more would lower the figure by little
constexpr std::uint32_t kPreset = 6; // xz's own default
constexpr double kStandardErrors = 3;

Message measured(const MeasuredLoss& loss, const Floor& floor)
{
    const std::string value = figureText(loss.nats), bound = figureText(floor.nats);
    const std::string targets = std::to_string(loss.targets);
    if (loss.isValidation) {
        return floor.isEntropy
            ? message(NABIZ_TEXT("Message", "The validation loss is %1 nats a byte; the text's entropy is %2."), value,
                  bound)
            : message(NABIZ_TEXT("Message", "The validation loss is %1 nats a byte; xz needs %2 for the same text."),
                  value, bound);
    }
    return floor.isEntropy
        ? message(NABIZ_TEXT("Message",
                      "The training loss, a mean over %3 targets, is %1 nats a byte; the text's entropy "
                      "is %2."),
              value, bound, targets)
        : message(NABIZ_TEXT("Message",
                      "The training loss, a mean over %3 targets, is %1 nats a byte; xz needs %2 for "
                      "what is distinct in the text."),
              value, bound, targets);
}

Message warning(const MeasuredLoss& loss, bool isCausal)
{
    if (isCausal)
        return loss.isValidation ? message(NABIZ_TEXT("Message",
                                       "That is too good: the model knows the validation text by heart. Set "
                                       "data.split=block, or data.val_path to text that is not in the training "
                                       "text."))
                                 : message(NABIZ_TEXT("Message",
                                       "That is too good: the model knows the text by heart. Train on more text, and "
                                       "judge by a validation loss (training.eval_interval, data.split=block)."));
    return loss.isValidation ? message(NABIZ_TEXT("Message",
                                   "That is too good: the model sees what it is asked for, or knows the validation "
                                   "text by heart. Set model.causal=true, and validate on text that is not in the "
                                   "training text."))
                             : message(NABIZ_TEXT("Message",
                                   "That is too good: the model sees what it is asked for, or knows the text by "
                                   "heart. Set model.causal=true, train on more text, and judge by a validation loss "
                                   "(training.eval_interval, data.split=block)."));
}

} // namespace

double xzNats(std::span<const std::uint8_t> bytes)
{
    lzma_options_lzma options {};
    if (bytes.empty() || lzma_lzma_preset(&options, kPreset))
        return 0;
    // A dictionary larger than the text finds nothing more, and takes memory.
    options.dict_size
        = std::clamp<std::uint32_t>(static_cast<std::uint32_t>(bytes.size()), LZMA_DICT_SIZE_MIN, 8U << 20);
    const lzma_filter filters[] = { { LZMA_FILTER_LZMA2, &options }, { LZMA_VLI_UNKNOWN, nullptr } };
    std::vector<std::uint8_t> packed(lzma_stream_buffer_bound(bytes.size()));
    std::size_t size = 0;
    if (lzma_raw_buffer_encode(filters, nullptr, bytes.data(), bytes.size(), packed.data(), &size, packed.size())
        != LZMA_OK)
        return 0;
    return 8 * std::numbers::ln2 * static_cast<double>(size) / static_cast<double>(bytes.size());
}

Floor floorOf(const Dataset& dataset, const Config& config, const std::stop_token& stop)
{
    const std::string& apart = config.text("data.val_path");
    const bool isSameSource = apart.empty() || apart == config.text("data.train_path");
    if (dataset.entropy() > 0 && isSameSource)
        return { dataset.entropy(), true };
    const bool validates = !isSameSource && config.integer("training.eval_interval") > 0;
    const auto text = validates ? dataset.validation() : dataset.training();
    const auto lines = validates ? dataset.validationLines() : dataset.trainingLines();
    const std::vector<std::uint8_t> distinct
        = lines.empty() ? distinctText(text, kCompressed, stop) : distinctLines(text, lines, kCompressed, stop);
    return { xzNats(distinct), false };
}

std::optional<Finding> compare(const MeasuredLoss& loss, const Floor& floor, bool isCausal)
{
    if (floor.nats <= 0 || !std::isfinite(loss.nats))
        return std::nullopt;
    const double least = floor.isEntropy ? floor.nats - kStandardErrors * loss.standardError : floor.nats / 2;
    if (loss.nats < least)
        return Finding { "floor", FindingSeverity::Warning, measured(loss, floor), warning(loss, isCausal) };
    if (!floor.isEntropy && loss.nats < floor.nats) {
        return Finding { "floor", FindingSeverity::Note, measured(loss, floor),
            message(NABIZ_TEXT("Message",
                "A large model that has learnt long gets below what xz needs; a small or a young "
                "one hardly does. Look whether the validation text is new to the model.")) };
    }
    return Finding { "floor", FindingSeverity::Fine,
        floor.isEntropy ? message(NABIZ_TEXT("Message", "loss not below the text's entropy"))
                        : message(NABIZ_TEXT("Message", "loss above what xz reaches")),
        {} };
}

} // namespace nabiz::trainer
