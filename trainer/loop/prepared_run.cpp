// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/prepared_run.h"

#include "trainer/config/parameters/whole_paths.h"
#include "trainer/estimate/memory_ledger.h"
#include "trainer/language/read_decoder.h"
#include "trainer/loop/facts.h"
#include "trainer/loop/memory_failure.h"
#include "trainer/loop/torch_device.h"
#include "trainer/memory/hardware.h"
#include "trainer/model/layers/initial_weights.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

std::uint64_t seedOf(const Config& config)
{
    return static_cast<std::uint64_t>(config.integer("training.seed"));
}

LanguageParts::MakeDecoder decoderMaker(const Config& config, c10::Device device, const std::stop_token& stop)
{
    return [&config, device, &stop] { return makeDecoder(config, device, stop); };
}

AdamW::Settings adamSettings(const Config& config)
{
    return { config.real("training.adam_beta1"), config.real("training.adam_beta2"),
        config.real("training.adam_epsilon"), config.real("training.weight_decay") };
}

std::optional<at::ScalarType> autocastType(const Config& config)
{
    if (!config.boolean("training.use_amp"))
        return std::nullopt;
    return heldType(config.text("training.amp_dtype"));
}

std::int64_t threadsFor(const Config& config, int ranksHere)
{
    const std::int64_t asked = config.integer("hardware.threads");
    return asked > 0 ? asked : std::max(1, (probeMachine().cores - 1) / ranksHere);
}

} // namespace

PreparedRun::PreparedRun(const Config& settings, c10::Device where, const std::stop_token& stop, bool resumed)
    : applied(settings)
    , device(where)
    , dataset(Dataset::load(applied, stop))
    , autocast(autocastType(applied))
    , model(ModelConfig::from(applied), seedOf(applied), device, decoderMaker(applied, device, stop),
          [stop] { throwIfStopped(stop); })
    , optimizer(model.weights().trained(), adamSettings(applied))
    , scaler(autocast == at::kHalf, device)
    , schedule(applied)
    , sampler(dataset, applied, seedOf(applied))
    , validation(dataset, applied)
{
    if (const std::string& file = applied.text("model.init"); !file.empty() && !resumed)
        startFrom(file, model.weights());
    throwIfStopped(stop);
    if (const MemoryEstimate estimate = estimateMemory(applied, probeMachine()); estimate.isComplete) {
        const MemoryAccount held = ledgerOf(*this);
        ledger = estimate.parts;
        ledger->languageWeights = held.languageWeights;
        ledger->modelWeights = held.modelWeights;
        ledger->optimizer = held.optimizer;
    }
}

std::int64_t PreparedRun::plannedBatches() const
{
    return applied.integer("training.max_steps") * applied.integer("training.gradient_accumulation_steps");
}

std::map<std::string, std::string> PreparedRun::facts() const
{
    std::map<std::string, std::string> facts = dataset.facts();
    facts[kFactDevice] = deviceName(device);
    facts[kFactThreads] = std::to_string(applied.integer("hardware.threads"));
    facts[kFactParameters] = std::to_string(model.weights().elements());
    facts[kFactTrainedParameters] = std::to_string(model.weights().trainedElements());
    if (ledger) {
        facts[kFactMemoryPredicted] = std::to_string(ledger->total());
        facts[kFactMemoryLedger] = ledgerText(*ledger);
    }
    if (model.config().hasLanguage() && applied.text("language.path").empty())
        facts[kFactStandIn] = applied.text("language.stand_in");
    return facts;
}

Config applySettings(const Config& config, c10::Device device, int ranksHere)
{
    Config applied = withWholePaths(config);
    applied.set("hardware.device", deviceName(device));
    applied.set("hardware.threads", threadsFor(config, ranksHere));
    if (config.text("language.dtype") == "auto")
        applied.set("language.dtype", std::string(device.is_cpu() ? "float32" : "float16"));
    return applied;
}

} // namespace nabiz::trainer
