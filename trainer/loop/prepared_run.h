// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a run needs before its first batch, built in order from its settings. Training thread only;
// immovable, since its parts refer to one another.
#pragma once

#include "trainer/data/sampler.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/model/agiformer.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_scaler.h"
#include "trainer/optim/schedule.h"

#include <c10/core/Device.h>

#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace nabiz::trainer {

struct PreparedRun {
    // `applied` as applySettings() gives it. Throws TrainError for bad input, Cancelled when a stop is requested
    // meanwhile.
    // `resumed`: its weights will be those of a checkpoint, not of model.init.
    PreparedRun(const Config& applied, c10::Device device, const std::stop_token& stop, bool resumed = false);
    PreparedRun(const PreparedRun&) = delete;
    PreparedRun& operator=(const PreparedRun&) = delete;

    std::int64_t plannedBatches() const;
    // What a person wants to know of the run later; see facts.h.
    std::map<std::string, std::string> facts() const;

    Config applied;
    c10::Device device;
    Dataset dataset;
    std::optional<at::ScalarType> autocast; // of mixed precision
    Agiformer model;
    AdamW optimizer;
    GradScaler scaler;
    Schedule schedule;
    Sampler sampler;
    ValidationSet validation;
    std::optional<MemoryParts> ledger; // of a batch's peak: weights and optimizer as they are, the rest as predicted
};

// The settings with "auto" resolved: device, threads, the language model's number type.
// `ranksHere` share the processors of this machine.
Config applySettings(const Config& config, c10::Device device, int ranksHere = 1);

} // namespace nabiz::trainer
