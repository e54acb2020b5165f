// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that ran out, with what was held at that moment: by whom, in which batch and phase. The exception is exported
// as TrainError is, and caught where that is. Values; any thread.
#pragma once

#include "trainer/base/train_error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

enum class MemoryPhase { Preparing, Forward, Backward, Step, Evaluation, Sample, Checkpoint };
inline constexpr int kMemoryPhases = 7;

// "preparing", "forward" …
std::string_view phaseName(MemoryPhase phase);

// In bytes. What nobody told of is absent.
struct MemoryAccount {
    std::string device; // cpu, cuda:N
    MemoryPhase phase = MemoryPhase::Preparing;
    std::int64_t batch = -1; // -1: before the first
    std::optional<std::int64_t> asked; // more than there was
    std::int64_t held = 0; // by tensors
    std::optional<std::int64_t> unused; // taken from the device, and held by no tensor
    std::optional<std::int64_t> free; // that nobody had taken
    std::optional<std::int64_t> total; // of the device
    std::optional<std::int64_t> others; // of other programs on it
    std::int64_t cap = 0; // hardware.max_memory_mb, where that was what ran out
    std::optional<std::int64_t> most; // that tensors were allowed
    std::optional<std::int64_t> residual; // that was still held when the run had let go of everything
    // Of what was held; the rest are activations, copies of weights and workspace.
    std::int64_t languageWeights = 0, modelWeights = 0, gradients = 0, optimizer = 0;

    std::int64_t rest() const { return held - languageWeights - modelWeights - gradients - optimizer; }
    // The most that tensors could have had: what they had, what was unused, and what was free. It was not enough.
    std::optional<std::int64_t> limit() const;
    bool operator==(const MemoryAccount&) const = default;
};

class __attribute__((visibility("default"))) OutOfMemory : public TrainError {
public:
    OutOfMemory(Message message, MemoryAccount account)
        : TrainError(TrainErrorKind::OutOfMemory, std::move(message))
        , m_account(std::move(account))
    {
    }

    const MemoryAccount& account() const { return m_account; }

private:
    MemoryAccount m_account;
};

} // namespace nabiz::trainer
