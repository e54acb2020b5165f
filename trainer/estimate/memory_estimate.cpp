// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate.h"

#include "trainer/estimate/memory_changes.h"

#include <utility>

namespace nabiz::trainer {

namespace {

constexpr double kComfort = 0.85; // of the capacity; more than that is tight
constexpr double kTrust = 1.02; // what is taken may be that much more than predicted

} // namespace

std::int64_t MemoryParts::total() const
{
    return languageWeights + modelWeights + gradients + optimizer + activations + autocast + workspace;
}

const char* verdictName(MemoryVerdict verdict)
{
    switch (verdict) {
    case MemoryVerdict::Fits:
        return "fits";
    case MemoryVerdict::Tight:
        return "tight";
    case MemoryVerdict::TooLarge:
        return "too_large";
    }
    return "";
}

MemoryEstimate estimateMemory(const Config& config, const Machine& machine, std::optional<std::int64_t> measured)
{
    const Place place = placeOf(config, machine);
    MemoryEstimate estimate;
    estimate.device = place.name;
    estimate.contextBytes = place.gpu ? kContextBytes : kProcessBytes;
    estimate.capacityBytes = place.capacity;
    if (!isCountable(config)) {
        estimate.isComplete = false;
        estimate.notes.push_back(
            message(NABIZ_TEXT("Message", "The settings of the model cannot be counted as they are.")));
        return estimate;
    }
    Count counted = count(config, place);
    estimate.parts = counted.parts;
    if (measured)
        estimate.parts.activations += *measured - counted.parts.total();
    estimate.arithmetic = counted.arithmetic;
    estimate.isComplete = counted.isComplete;
    estimate.notes = std::move(counted.notes);
    const std::int64_t total = estimate.totalBytes();
    if (place.capacity == 0) {
        estimate.notes.push_back(message(
            NABIZ_TEXT("Message", "This machine has no device %1 whose memory could be compared."), place.name));
        return estimate;
    }
    const double most = kTrust * static_cast<double>(total);
    estimate.verdict = most > static_cast<double>(place.usable)                     ? MemoryVerdict::TooLarge
        : static_cast<double>(total) > kComfort * static_cast<double>(place.usable) ? MemoryVerdict::Tight
                                                                                    : MemoryVerdict::Fits;
    estimate.suggestions = suggestionsFor(config, place, total, estimate.verdict != MemoryVerdict::Fits);
    return estimate;
}

} // namespace nabiz::trainer
