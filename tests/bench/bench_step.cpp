// SPDX-License-Identifier: GPL-3.0-or-later
// Milliseconds of an optimizer step of the program's own training: forward, loss, backward, clipping and update of one
// micro-batch after another. With --turns it trains as many steps as each line of its input says and answers with a
// line of JSON, to take turns with another trainer. bench_step [PRESET] [key=value …] [--steps N] [--skip N] [--turns]
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/torch_device.h"

#include <ATen/Parallel.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <chrono>
#include <ctime>
#include <iostream>
#include <sstream>
#include <stdexcept>

using namespace nabiz::trainer;

namespace {

struct Work {
    Config config;
    int steps = 20;
    int skip = 3; // first steps, which allocate
    bool inTurns = false;
};

Work readWords(int count, char** words)
{
    Work work;
    work.config = PresetStore("").load("quick").config;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if ((word == "--steps" || word == "--skip") && i + 1 < count) {
            (word == "--steps" ? work.steps : work.skip) = std::stoi(words[++i]);
        } else if (word == "--turns") {
            work.inTurns = true;
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

// Of the whole process, every thread of it: what other programs do meanwhile is not in it.
double cpuMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// The steps of TrainLoop, without its records.
class Steps {
public:
    explicit Steps(PreparedRun& run)
        : m_run(run)
        , m_pass(Pass::training(run.applied.real("model.dropout"), 1))
        , m_length(run.applied.integer("model.max_seq_len"))
        , m_ids(static_cast<std::size_t>(run.applied.integer("training.batch_size") * m_length))
    {
        m_pass.setAutocast(run.autocast).setCheckpointing(run.applied.boolean("training.use_gradient_checkpointing"));
    }

    std::string timed(int count)
    {
        std::ostringstream wall, cpu, losses;
        for (int i = 0; i < count; ++i) {
            m_run.sampler.next(m_ids);
            waitFor(m_run.device);
            const double cpuBegin = cpuMilliseconds();
            const auto begin = std::chrono::steady_clock::now();
            const float loss = step();
            const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
            const char* const comma = i == 0 ? "" : ", ";
            wall << comma << taken.count();
            cpu << comma << cpuMilliseconds() - cpuBegin;
            losses << comma << loss;
        }
        return "{\"ms\": [" + wall.str() + "], \"cpu_ms\": [" + cpu.str() + "], \"loss\": [" + losses.str() + "]}";
    }

private:
    float step()
    {
        const IdBatch batch(m_ids, m_length, m_run.device);
        const ModelOutput output = m_run.model(batch.inputs, m_pass);
        const at::Tensor loss = lossOf(output.logits, batch.targets);
        m_run.scaler.scaled(loss + output.balance).backward();
        m_run.scaler.unscale(m_run.optimizer.gradients());
        m_run.optimizer.clip(m_run.applied.real("training.gradient_clip"));
        m_run.optimizer.step(m_run.applied.real("training.learning_rate"), m_run.scaler.overflow());
        m_run.scaler.update();
        m_run.optimizer.clearGradients();
        const auto value = loss.item<float>();
        waitFor(m_run.device);
        return value;
    }

    PreparedRun& m_run;
    Pass m_pass;
    std::int64_t m_length;
    std::vector<std::uint8_t> m_ids;
};

} // namespace

int main(int count, char** words)
{
    try {
        const Work work = readWords(count, words);
        const c10::Device device = resolveDevice(work.config.text("hardware.device"));
        const Config applied = applySettings(work.config, device);
        at::set_num_threads(static_cast<int>(applied.integer("hardware.threads")));
        PreparedRun run(applied, device, {});
        Steps steps(run);
        steps.timed(work.skip);
        if (!work.inTurns) {
            std::cout << steps.timed(work.steps) << std::endl;
            return 0;
        }
        std::cout << "{}" << std::endl; // ready
        for (int asked = 0; std::cin >> asked;)
            std::cout << steps.timed(asked) << std::endl;
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "bench_step: " << error.what() << '\n';
        return 1;
    }
}
