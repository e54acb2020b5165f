// SPDX-License-Identifier: GPL-3.0-or-later
// A text that a run which has ended writes from its newest whole checkpoint, kept among its other samples. Reads the
// checkpoint's every byte and opens LibTorch; not for the GUI thread, nor for a process that trains.
#pragma once

#include "storage/run_store.h"
#include "trainer/loop/text_sample.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace nabiz::app {

struct SampleWish {
    storage::RunId run = 0;
    std::optional<std::string> prompt; // else training.sample_prompt
    std::int64_t length = trainer::kSampleLength;
    double temperature = trainer::kSampleTemperature;
    std::optional<std::uint64_t> seed; // else of the run, the batch, and how many samples it has
};

struct WrittenSample {
    std::string prompt, text;
    std::int64_t batch = 0; // of the checkpoint
    std::uint64_t seed = 0;
    bool isOnCpu = false; // since another run has the device
};

// Throws TrainError{BadInput} for a run that has nothing to write from, TrainError, StorageError, and Cancelled.
WrittenSample writeSample(const storage::RunStore& store, const std::filesystem::path& database, const SampleWish& wish,
    const std::stop_token& stop);
// As an event of the run: its text, and behind it the prompt and the temperature.
storage::Event eventOf(const WrittenSample& sample, double temperature);

} // namespace nabiz::app
