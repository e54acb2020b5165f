// SPDX-License-Identifier: GPL-3.0-or-later
// The border of the trainer library, free of LibTorch: the program opens the library at first need and calls its one
// exported function, createTrainer. Only values free of LibTorch cross it, and TrainError.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/check/device_check.h"
#include "trainer/distributed/world.h"
#include "trainer/loop/control.h"
#include "trainer/loop/sink.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// How a run goes on that was trained before.
struct Resume {
    std::filesystem::path checkpoint; // see chooseCheckpoint(); empty = from batch 0
    std::map<std::string, std::string> text; // facts of the text it was trained on; another one is refused
};

struct TrainRequest {
    Config config;
    std::filesystem::path checkpointFolder; // of this run; made when the first checkpoint is written
    std::string run = {}; // marks its checkpoints
    std::optional<Resume> resume = {};
};

enum class Outcome { Finished, Stopped, Diverged };

struct TrainResult {
    Outcome outcome = Outcome::Finished;
    std::int64_t batches = 0;
    std::int64_t steps = 0;
    Message message; // why it diverged; empty otherwise
};

class Trainer {
public:
    virtual ~Trainer() = default;

    // Before train(), whose run is then trained by all ranks of that world together: waits for them, and agrees with
    // them on the settings. On rank 0 the sink is told everything, on the others nothing but preparing. Throws as
    // train() does, and Cancelled.
    virtual void join(const World& world, const Config& config, std::stop_token stop) = 0;
    // Plain and synchronous: returns when the run has ended. Bad input, a missing device, a full disk or too little
    // memory are TrainErrors. Polls `stop` and `control` in every phase, at least once a batch.
    virtual TrainResult train(const TrainRequest& request, Sink& sink, Control& control, std::stop_token stop) = 0;
    // What can be said of a run before its first batch, fine or not: builds what `train` would and looks at it. Nothing
    // when `stop` was requested meanwhile. Throws as `train` does.
    virtual std::optional<std::vector<Finding>> audit(const Config& config, std::stop_token stop) = 0;
    // Versions and devices as LibTorch sees them, for `nabiz doctor`: name → text.
    virtual std::map<std::string, std::string> facts() = 0;
    // Every part of the model on `device` (cpu, cuda, cuda:N) against the CPU; takes seconds, and some hundred MB.
    // With the means of a T4 alone where it is to be checked `asT4`: neither bfloat16 nor the attention kernels that it
    // lacks. Nothing when `stop` was requested meanwhile. Throws as `train` does.
    virtual std::optional<DeviceCheck> check(const std::string& device, bool asT4, std::stop_token stop) = 0;
};

// Opens the trainer library on the first call (0.5 s and 300 MB on a CPU, more with CUDA; not for the GUI thread).
// Throws TrainError{Library} naming the file when it cannot be loaded. Defined in trainer/loop/load_trainer.cpp.
std::shared_ptr<Trainer> loadTrainer();

} // namespace nabiz::trainer
