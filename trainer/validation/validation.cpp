// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/validation/validation.h"

#include "trainer/config/parameters/device_name.h"
#include "trainer/config/parameters/stand_in.h"
#include "trainer/config/presets/parameter_check.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

const char* noDeviceText(NoCuda why)
{
    switch (why) {
    case NoCuda::Hidden:
        return NABIZ_TEXT("Message",
            "hardware.device is %1, but CUDA_VISIBLE_DEVICES hides every GPU of this machine: unset it, or name one that "
            "is there.");
    case NoCuda::NoDriver:
        return NABIZ_TEXT("Message", "hardware.device is %1, but there is no NVIDIA driver on this machine.");
    case NoCuda::NoAnswer:
        return NABIZ_TEXT("Message",
            "hardware.device is %1, but NVIDIA's management library does not answer: the driver is not loaded, or is of "
            "another version than the library.");
    case NoCuda::NoGpu:
    case NoCuda::Unknown:
        break;
    }
    return NABIZ_TEXT("Message", "hardware.device is %1, but this machine shows no CUDA device.");
}

Message useLabel(const Value& value)
{
    return message(NABIZ_TEXT("Message", "Use %1"), toYaml(value));
}

class Validator {
public:
    Validator(const Config& config, const Machine& machine)
        : m_config(config)
        , m_machine(machine)
        , m_hasLanguage(contains("language"))
    {
    }

    std::vector<Problem> run()
    {
        checkRanges();
        checkShape();
        checkDevice();
        checkLanguage();
        checkPrecision();
        checkTraining();
        checkRanks();
        return std::move(m_problems);
    }

private:
    const Config& m_config;
    const Machine& m_machine;
    const bool m_hasLanguage;
    bool m_onCuda = false;
    std::vector<Problem> m_problems;

    bool contains(const char* expert) const
    {
        const auto& types = m_config.list("model.expert_types");
        return std::find(types.begin(), types.end(), expert) != types.end();
    }

    void error(const char* key, Message why, std::optional<Remedy> remedy = std::nullopt)
    {
        m_problems.push_back({ .key = key, .message = std::move(why), .remedy = std::move(remedy) });
    }
    void note(const char* key, Message why)
    {
        m_problems.push_back({ .severity = Severity::Note, .key = key, .message = std::move(why) });
    }

    void checkRanges()
    {
        for (const Parameter& row : parameterTable()) {
            Message why = rangeProblem(row, m_config.value(row.key));
            if (!why.empty())
                error(row.key.data(), std::move(why),
                    Remedy { std::string(row.key), row.defaultValue, useLabel(row.defaultValue) });
        }
    }

    void checkShape()
    {
        const std::int64_t width = m_config.integer("model.d_model");
        const std::int64_t heads = m_config.integer("model.n_heads");
        if (width > 0 && heads > 0 && width % heads != 0) {
            std::int64_t fitting = std::min(heads, width);
            while (width % fitting != 0)
                --fitting;
            error("model.n_heads",
                message(NABIZ_TEXT("Message", "model.n_heads (%1) must divide model.d_model (%2) without remainder."),
                    std::to_string(heads), std::to_string(width)),
                Remedy { "model.n_heads", fitting, useLabel(fitting) });
        }
        if (m_config.boolean("model.use_multimodal"))
            error("model.use_multimodal",
                message(NABIZ_TEXT("Message", "Nabız trains on text alone: model.use_multimodal can only be false.")),
                Remedy { "model.use_multimodal", false, message(NABIZ_TEXT("Message", "Turn off")) });
        const auto count = static_cast<std::int64_t>(m_config.list("model.expert_types").size());
        if (m_config.integer("model.n_experts") != count)
            error("model.n_experts",
                message(
                    NABIZ_TEXT("Message",
                        "model.n_experts is %1, but model.expert_types names %2. Leave n_experts out: it follows from the list."),
                    std::to_string(m_config.integer("model.n_experts")), std::to_string(count)),
                Remedy { "model.n_experts", count, useLabel(count) });
        constexpr std::int64_t kPositions = 1000;
        if (contains("causal") && m_config.integer("model.max_seq_len") > kPositions)
            error("model.max_seq_len",
                message(NABIZ_TEXT("Message", "With a causal expert model.max_seq_len can be at most 1000, and is %1."),
                    std::to_string(m_config.integer("model.max_seq_len"))),
                Remedy { "model.max_seq_len", kPositions, useLabel(kPositions) });
    }

    void checkDevice()
    {
        const std::string& name = m_config.text("hardware.device");
        const auto device = parseDevice(name);
        if (!device) {
            error("hardware.device",
                message(
                    NABIZ_TEXT("Message", "hardware.device takes auto, cpu, cuda, or cuda: and a number; it is '%1'."),
                    name),
                Remedy { "hardware.device", std::string("auto"), useLabel(std::string("auto")) });
            return;
        }
        m_onCuda = device->cuda || (device->automatic && m_machine.cudaDevices > 0);
        if (device->cuda && m_machine.cudaDevices == 0)
            error("hardware.device", message(noDeviceText(m_machine.noCuda), name),
                Remedy { "hardware.device", std::string("cpu"), message(NABIZ_TEXT("Message", "Use the CPU")) });
        else if (device->cuda && device->index >= m_machine.cudaDevices)
            error("hardware.device",
                message(NABIZ_TEXT("Message", "hardware.device is %1, but this machine's last CUDA device is cuda:%2."),
                    name, std::to_string(m_machine.cudaDevices - 1)),
                Remedy { "hardware.device", std::string("cuda"), useLabel(std::string("cuda")) });
        if (m_config.integer("hardware.threads") > m_machine.cores)
            note("hardware.threads",
                message(
                    NABIZ_TEXT("Message",
                        "hardware.threads is %1, but there are %2 cores: threads that wait for each other are slower."),
                    std::to_string(m_config.integer("hardware.threads")), std::to_string(m_machine.cores)));
    }

    void checkLanguage()
    {
        const std::string& standIn = m_config.text("language.stand_in");
        const Remedy small { "language.stand_in", std::string("hidden=128,layers=2"),
            message(NABIZ_TEXT("Message", "Use stand-in")) };
        // A path wins; what lies there is looked at by `validateData`.
        if (!m_config.text("language.path").empty())
            return;
        if (!standIn.empty()) {
            const auto shape = parseStandIn(standIn);
            if (const Message* why = std::get_if<Message>(&shape))
                error("language.stand_in", *why, small);
        } else if (m_hasLanguage) {
            error("language.path",
                message(NABIZ_TEXT("Message",
                    "There are no language weights: set language.path=Qwen/Qwen3-0.6B, which `nabiz weights get Qwen/Qwen3-0.6B` "
                    "fetches, or use a stand-in: its weights are random, but memory and speed are real.")),
                small);
        }
    }

    void checkPrecision()
    {
        const std::string& weights = m_config.text("language.dtype");
        const bool lowCapability = m_onCuda && m_machine.computeCapability > 0 && m_machine.computeCapability < 80;
        const std::string capability
            = std::to_string(m_machine.computeCapability / 10) + '.' + std::to_string(m_machine.computeCapability % 10);
        if (m_hasLanguage && lowCapability && weights == "bfloat16")
            error("language.dtype",
                message(
                    NABIZ_TEXT("Message", "bfloat16 needs a GPU of compute capability 8.0 or later; this one has %1."),
                    capability),
                Remedy { "language.dtype", std::string("float16"), useLabel(std::string("float16")) });
        if (m_config.boolean("training.use_amp") && lowCapability && m_config.text("training.amp_dtype") == "bfloat16")
            error("training.amp_dtype",
                message(
                    NABIZ_TEXT("Message", "bfloat16 needs a GPU of compute capability 8.0 or later; this one has %1."),
                    capability),
                Remedy { "training.amp_dtype", std::string("float16"), useLabel(std::string("float16")) });
        if (m_config.boolean("training.use_amp") && !m_onCuda)
            error("training.use_amp", message(NABIZ_TEXT("Message", "Mixed precision (training.use_amp) needs CUDA.")),
                Remedy { "training.use_amp", false, message(NABIZ_TEXT("Message", "Turn off")) });
    }

    void checkTraining()
    {
        if (m_config.text("data.train_path").empty())
            error("data.train_path",
                message(NABIZ_TEXT("Message",
                    "There is no text to train on: data.train_path takes a file, a folder of .txt, .gz, .jsonl or .md files, or "
                    "generated:turkish.")),
                Remedy { "data.train_path", std::string("generated:turkish"),
                    message(NABIZ_TEXT("Message", "Use generated text")) });
        const std::int64_t warmup = m_config.integer("training.warmup_steps");
        const std::int64_t steps = m_config.integer("training.max_steps");
        if (warmup > 0 && warmup >= steps)
            note("training.warmup_steps",
                message(
                    NABIZ_TEXT("Message",
                        "The warm-up takes %1 steps and the run has %2: the learning rate never gets past its rise."),
                    std::to_string(warmup), std::to_string(steps)));
        if (m_config.integer("training.eval_interval") > 0 && m_config.text("data.val_path").empty()
            && m_config.real("data.val_fraction") == 0)
            error("training.eval_interval",
                message(NABIZ_TEXT(
                    "Message", "There is nothing to evaluate on: data.val_path is empty and data.val_fraction is 0.")),
                Remedy {
                    "training.eval_interval", std::int64_t(0), message(NABIZ_TEXT("Message", "Do not evaluate")) });
        checkQueue();
    }

    void checkRanks()
    {
        const std::int64_t ranks = m_config.integer("hardware.ranks");
        const std::int64_t batch = m_config.integer("training.batch_size");
        if (ranks <= 1 || batch < 1)
            return;
        if (batch % ranks != 0) {
            const std::int64_t fitting = (batch + ranks - 1) / ranks * ranks;
            error("training.batch_size",
                message(NABIZ_TEXT("Message",
                            "training.batch_size (%1) is shared by %2 ranks, each with as many samples: it must be a "
                            "multiple of their number."),
                    std::to_string(batch), std::to_string(ranks)),
                Remedy { "training.batch_size", fitting, useLabel(fitting) });
        }
        if (m_onCuda)
            error("hardware.device",
                message(NABIZ_TEXT("Message",
                    "Several ranks train on CPUs: on CUDA they would speak by NCCL, which this build does not have.")),
                Remedy { "hardware.device", std::string("cpu"), message(NABIZ_TEXT("Message", "Use the CPU")) });
    }

    void checkQueue()
    {
        if (m_config.integer("queue.stop_worse_than_median") > 0 && m_config.integer("training.eval_interval") == 0)
            error("queue.stop_worse_than_median",
                message(NABIZ_TEXT("Message",
                    "queue.stop_worse_than_median compares validation losses, and training.eval_interval is 0: there are "
                    "none.")),
                Remedy { "queue.stop_worse_than_median", std::int64_t(0),
                    message(NABIZ_TEXT("Message", "Do not stop it")) });
    }
};

} // namespace

std::vector<Problem> validate(const Config& config, const Machine& machine)
{
    return Validator(config, machine).run();
}

} // namespace nabiz::trainer
