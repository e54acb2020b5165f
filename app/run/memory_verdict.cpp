// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/memory_verdict.h"

#include "app/run/run_record.h"
#include "trainer/base/value.h"
#include "trainer/memory/hardware.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kMostDiffering = 4; // settings that are told
constexpr std::size_t kMostNear = 2; // of a run that says something of an estimate

// Settings that decide what a batch takes.
bool decidesMemory(std::string_view key)
{
    constexpr std::string_view kKeys[]
        = { "training.batch_size", "training.gradient_accumulation_steps", "training.use_gradient_checkpointing",
              "training.use_amp", "training.amp_dtype", "language.dtype", "language.sharing", "language.adapters",
              "language.path", "language.stand_in", "language.train_adapters", "language.gradient_through_llm" };
    return std::ranges::find(kKeys, key) != std::end(kKeys) || (key.starts_with("model.") && key != "model.init");
}

std::string deviceKind(std::string_view device)
{
    return std::string(device.substr(0, device.find(':')));
}

std::vector<std::string> differing(const std::vector<storage::Parameter>& theirs, const trainer::Config& ours)
{
    std::vector<std::string> result;
    for (const storage::Parameter& parameter : theirs) {
        if (decidesMemory(parameter.key) && trainer::findParameter(parameter.key)
            && parameter.declared != trainer::toYaml(ours.value(parameter.key)))
            result.push_back(parameter.key + '=' + parameter.declared);
    }
    return result;
}

// Not the process's, which older runs on a CPU recorded alone.
bool measuredTensors(const storage::RunStore& store, storage::RunId run)
{
    return std::ranges::any_of(
        store.metrics(run), [](const storage::Metric& metric) { return metric.name == "memory.peak"; });
}

// Of the finished runs on such a device that differ in the fewest settings, the one that took most.
std::optional<trainer::FittedRun> nearest(const storage::RunStore& store, const trainer::Config& config,
    const std::string& device, std::size_t fewest, std::size_t most)
{
    std::optional<trainer::FittedRun> best;
    for (const storage::RunOverview& overview : store.runs()) {
        const storage::Run& run = overview.run;
        const auto place = run.facts.find("device");
        if (run.status != storage::RunStatus::Finished || run.source != "nabiz" || !overview.summary.peakBytes
            || place == run.facts.end() || deviceKind(place->second) != deviceKind(device))
            continue;
        trainer::FittedRun fitted { run.id, run.name, static_cast<std::int64_t>(*overview.summary.peakBytes),
            differing(store.parameters(run.id), config) };
        if (fitted.differs.size() < fewest || fitted.differs.size() > most || !measuredTensors(store, run.id))
            continue;
        const bool isNearer = !best || fitted.differs.size() < best->differs.size()
            || (fitted.differs.size() == best->differs.size() && fitted.peakBytes > best->peakBytes);
        if (isNearer)
            best = std::move(fitted);
    }
    return best;
}

} // namespace

trainer::MemoryCard memoryCard(
    const trainer::MemoryAccount& account, const trainer::Config& config, const storage::RunStore& store)
{
    trainer::MemoryCard card { account, {}, account.limit().value_or(0), {} };
    const std::int64_t needed = account.held + account.asked.value_or(0);
    trainer::Config settings = config;
    if (!account.device.empty())
        settings.set("hardware.device", account.device);
    card.suggestions = trainer::changesThatFit(settings, trainer::probeMachine(), needed, card.limit);
    card.fitted = nearest(store, config, account.device, 1, kMostDiffering);
    return card;
}

std::optional<MeasuredMemory> measuredMemory(
    const storage::RunStore& store, const trainer::Config& config, const std::string& device)
{
    auto run = nearest(store, config, device, 0, kMostNear);
    if (!run)
        return std::nullopt;
    trainer::Config theirs = declaredConfig(store.parameters(run->id));
    theirs.set("hardware.device", device);
    const auto predicted = trainer::estimateMemory(theirs, {}).totalBytes();
    const double ratio = predicted > 0 ? static_cast<double>(run->peakBytes) / static_cast<double>(predicted) : 1;
    return MeasuredMemory { std::move(*run), ratio };
}

std::optional<trainer::MemoryCard> keptCard(const std::vector<storage::Event>& events)
{
    const auto last = std::find_if(
        events.rbegin(), events.rend(), [](const storage::Event& event) { return event.kind == "memory"; });
    return last == events.rend() ? std::nullopt : trainer::cardFrom(last->arguments);
}

} // namespace nabiz::app
