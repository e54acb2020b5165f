// SPDX-License-Identifier: GPL-3.0-or-later
// Milliseconds of an optimizer step of the program's own training, as one line of JSON: forward, loss, backward, clipping and
// update of one micro-batch after another. bench_step [PRESET] [key=value …] [--steps N] [--skip N]
#include "trainer/config/preset_document.h"
#include "trainer/config/preset_store.h"
#include "trainer/config/train_error.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/torch_device.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

using namespace nabiz::trainer;

namespace {

struct Work {
    Config config;
    int steps = 20;
    int skip = 3; // first steps, which allocate
};

Work readWords(int count, char** words)
{
    Work work;
    work.config = PresetStore("").load("quick").config;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if ((word == "--steps" || word == "--skip") && i + 1 < count) {
            (word == "--steps" ? work.steps : work.skip) = std::stoi(words[++i]);
        } else if (word.find('=') == std::string::npos) {
            work.config = PresetStore("").load(word).config;
        } else {
            const Override setting = parseOverride(word);
            if (setting.problem)
                throw std::runtime_error(describe(*setting.problem));
            work.config.set(setting.key, setting.value);
        }
    }
    return work;
}

void waitFor(c10::Device device)
{
    if (!device.is_cpu())
        c10::impl::VirtualGuardImpl(device.type()).synchronizeDevice(device.index());
}

// The steps of TrainLoop, without its records.
std::vector<double> timeSteps(PreparedRun& run, const Work& work)
{
    Pass pass = Pass::training(run.applied.real("model.dropout"), 1);
    pass.setAutocast(run.autocast).setCheckpointing(run.applied.boolean("training.use_gradient_checkpointing"));
    const std::int64_t length = run.applied.integer("model.max_seq_len");
    std::vector<std::uint8_t> ids(static_cast<std::size_t>(run.applied.integer("training.batch_size") * length));
    std::vector<double> milliseconds;
    for (int i = 0; i < work.skip + work.steps; ++i) {
        run.sampler.next(ids);
        waitFor(run.device);
        const auto begin = std::chrono::steady_clock::now();
        const IdBatch batch(ids, length, run.device);
        const ModelOutput output = run.model(batch.inputs, pass);
        const at::Tensor loss = lossOf(output.logits, batch.targets) + output.balance;
        run.scaler.scaled(loss).backward();
        run.scaler.unscale(run.optimizer.gradients());
        run.optimizer.clip(run.applied.real("training.gradient_clip"));
        run.optimizer.step(run.applied.real("training.learning_rate"), run.scaler.overflow());
        run.scaler.update();
        run.optimizer.clearGradients();
        loss.item<float>();
        waitFor(run.device);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
        if (i >= work.skip)
            milliseconds.push_back(taken.count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds;
}

} // namespace

int main(int count, char** words)
{
    try {
        const Work work = readWords(count, words);
        const c10::Device device = resolveDevice(work.config.text("hardware.device"));
        const Config applied = applySettings(work.config, device);
        at::set_num_threads(static_cast<int>(applied.integer("hardware.threads")));
        PreparedRun run(applied, device, {});
        const std::vector<double> taken = timeSteps(run, work);
        std::printf("{\"ms_min\": %.2f, \"ms_median\": %.2f, \"device\": \"%s\", \"threads\": %d}\n", taken.front(),
            taken[taken.size() / 2], deviceName(device).c_str(), at::get_num_threads());
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_step: %s\n", error.what());
        return 1;
    }
}
