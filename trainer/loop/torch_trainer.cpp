// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/torch_trainer.h"

#include "trainer/check/check_device.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/loop/facts.h"
#include "trainer/loop/memory_failure.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/rank_facts.h"
#include "trainer/loop/run_audit.h"
#include "trainer/loop/torch_device.h"
#include "trainer/loop/train_loop.h"
#include "trainer/memory/device_memory.h"
#include "trainer/memory/hardware.h"
#include "trainer/memory/host_allocator.h"
#include "trainer/validation/validation.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <algorithm>
#include <new>

namespace nabiz::trainer {

namespace {

// LibTorch's warnings belong to the run that caused them.
class SinkWarnings : public c10::WarningHandler {
public:
    explicit SinkWarnings(Sink& sink)
        : m_sink(sink)
    {
    }
    void process(const c10::Warning& warning) override
    {
        m_sink.event({ EventKind::Warning, -1, message(NABIZ_TEXT("Message", "LibTorch warns: %1"), warning.msg()) });
    }

private:
    Sink& m_sink;
};

void refuseInvalid(const Config& config)
{
    for (const Problem& problem : validate(config, probeMachine())) {
        if (problem.severity == Severity::Error)
            throw TrainError(TrainErrorKind::BadInput, problem.message);
    }
}

bool isResumed(const TrainRequest& request)
{
    return request.resume && !request.resume->checkpoint.empty();
}

void refuseOtherText(const Resume& resume, const std::map<std::string, std::string>& facts)
{
    for (const auto& [name, before] : resume.text) {
        const auto found = facts.find(name);
        const std::string now = found == facts.end() ? "-" : found->second;
        if (now != before)
            throw TrainError(TrainErrorKind::Data,
                message(NABIZ_TEXT("Message",
                            "The text is not the one that this run was trained on: %1 was %2 and is %3. Put the "
                            "text back, or resume with --anyway, which is recorded."),
                    name, before, now));
    }
}

// Of the processor, and of GPU number `gpu` where there is one.
std::map<std::string, std::string> machineFacts(int gpu)
{
    std::map<std::string, std::string> facts { { kFactCpu, cpuModel() } };
    if (gpu >= 0 && static_cast<std::size_t>(gpu) < visibleGpus().size()) {
        facts[kFactGpu] = visibleGpus()[static_cast<std::size_t>(gpu)].name;
        facts[kFactDriver] = visibleGpus()[static_cast<std::size_t>(gpu)].driver;
    }
    return facts;
}

std::string loadedVersion()
{
    const std::string text = at::show_config();
    const std::string sign = "TORCH_VERSION=";
    const auto begin = text.find(sign);
    if (begin == std::string::npos)
        return "?";
    return text.substr(begin + sign.size(), text.find_first_of(", \n", begin) - begin - sign.size());
}

c10::Device deviceOf(const Config& config)
{
    refuseInvalid(config);
    return resolveDevice(config.text("hardware.device"));
}

bool computesBfloat16(c10::Device device)
{
    const auto index = static_cast<std::size_t>(std::max<int>(0, device.index()));
    return device.is_cpu() || (index < visibleGpus().size() && visibleGpus()[index].computeCapability >= 80);
}

// Does `work` on the device that `find` gives; LibTorch's failures become sentences. Nothing when it was cancelled.
template <typename Find, typename Work> auto guarded(const Find& find, const Work& work)
{
    using Result = std::optional<decltype(work(c10::Device(c10::kCPU)))>;
    c10::Device device(c10::kCPU);
    try {
        device = find();
        return Result(work(device));
    } catch (const Cancelled&) {
        return Result();
    } catch (const OutOfMemory& error) {
        throw withResidual(error, device);
    } catch (const TrainError&) {
        throw;
    } catch (const c10::Error& error) {
        if (isOutOfMemory(error))
            throw withResidual(describeOutOfMemory(error, device, {}), device);
        throw describeTorchError(error);
    } catch (const std::bad_alloc&) {
        throw TrainError(TrainErrorKind::OutOfMemory,
            message(NABIZ_TEXT("Message",
                "This machine has run out of memory: use less text, or lower "
                "training.batch_size, model.max_seq_len or model.d_model.")));
    } catch (const std::exception& error) {
        throw TrainError(TrainErrorKind::Internal, message("%1", error.what()));
    }
}

class TorchTrainer : public Trainer {
public:
    void join(const World& world, const Config& config, std::stop_token stop) override
    {
        m_ranks.reset();
        const auto met = guarded([&] { return deviceOf(config); },
            [&](c10::Device) { return meetRanks(world, settingsToAgreeOn(world, config, loadedVersion()), stop); });
        if (!met)
            throw Cancelled {};
        m_ranks = *met;
    }

    TrainResult train(const TrainRequest& request, Sink& sink, Control& control, std::stop_token stop) override
    {
        const std::shared_ptr<Ranks> ranks = std::move(m_ranks);
        SinkWarnings warnings(sink);
        const c10::WarningUtils::WarningHandlerGuard guard(&warnings);
        const auto started = TrainLoop::Clock::now();
        sink.phase(Phase::Preparing);
        const auto result = guarded([&] { return deviceOf(request.config); },
            [&](c10::Device device) { return trainOn(device, request, ranks.get(), sink, control, stop, started); });
        if (!result)
            sink.phase(Phase::Stopping);
        return result.value_or(TrainResult { Outcome::Stopped, 0, 0, {} });
    }

    std::optional<std::vector<Finding>> audit(const Config& config, std::stop_token stop) override
    {
        return guarded([&] { return deviceOf(config); },
            [&](c10::Device device) {
                const Config applied = applySettings(config, device);
                at::set_num_threads(static_cast<int>(applied.integer("hardware.threads")));
                const PreparedRun run(applied, device, stop);
                return RunAudit::beforeTraining(run, config, stop);
            });
    }

    std::map<std::string, std::string> facts() override
    {
        std::map<std::string, std::string> facts = machineFacts(0);
        facts[kFactTorch] = loadedVersion();
        const CudaState cuda = cudaState();
        facts[kFactTorchCuda] = cuda.built ? "yes" : "no";
        facts[kFactCudaDevices] = std::to_string(cuda.usable);
        facts[kFactCudaState] = describe(cuda).english();
        facts["torch.parallel"] = at::get_parallel_info();
        return facts;
    }

    std::optional<DeviceCheck> check(const std::string& name, bool asT4, std::stop_token stop) override
    {
        return guarded([&] { return resolveDevice(name); },
            [&](c10::Device device) {
                at::set_num_threads(std::max(1, probeMachine().cores));
                const std::map<std::string, std::string> facts = machineFacts(device.is_cpu() ? -1 : device.index());
                const auto found = facts.find(device.is_cpu() ? kFactCpu : kFactGpu);
                return DeviceCheck { deviceName(device), found == facts.end() ? "" : found->second,
                    asT4 ? checkAsT4(device, stop) : checkDevice(device, computesBfloat16(device), stop) };
            });
    }

private:
    std::shared_ptr<Ranks> m_ranks; // of the next run

    static TrainResult trainOn(c10::Device device, const TrainRequest& request, Ranks* ranks, Sink& sink,
        Control& control, const std::stop_token& stop, TrainLoop::Clock::time_point started)
    {
        const Config applied = applySettings(request.config, device, ranks ? ranks->world().localSize : 1);
        at::set_num_threads(static_cast<int>(applied.integer("hardware.threads")));
        if (!device.is_cpu()) {
            const auto seed = static_cast<std::uint64_t>(applied.integer("training.seed"));
            at::Generator generator = at::globalContext().defaultGenerator(device);
            generator.set_current_seed(seed);
        }
        if (device.is_cpu() && request.config.text("hardware.device") == "auto" && !visibleGpus().empty()) {
            sink.event({ EventKind::Warning, -1,
                message(NABIZ_TEXT("Message",
                            "LibTorch cannot use the %1 of this machine, so the CPU trains: the driver "
                            "is too old, or this is LibTorch's CPU build. See `nabiz doctor`."),
                    visibleGpus().front().name) });
        }
        if (applied.integer("hardware.ranks") != (ranks ? ranks->world().size : 1))
            throw TrainError(TrainErrorKind::Internal, message("the ranks of the run have not been joined"));
        const bool isFirst = !ranks || ranks->world().rank == 0;
        if (device.is_cpu())
            refuseTooLarge(applied);
        const HostCap cap(device.is_cpu() ? applied.integer("hardware.max_memory_mb") * 1000000 : 0);
        PreparedRun run(applied, device, stop, isResumed(request) || !isFirst);
        if (request.resume)
            refuseOtherText(*request.resume, run.dataset.facts());
        for (const Message& note : run.dataset.notes())
            sink.event({ EventKind::Log, -1, note });
        std::map<std::string, std::string> facts = factsOf(run);
        if (ranks)
            facts.merge(agreeOnData(*ranks, run));
        sink.prepared(applied, facts, run.plannedBatches());
        if (!isFirst)
            return trainWithOthers(run, request, *ranks, sink, control, stop, started);
        RunAudit audit(run, request.config, sink, stop);
        LoneComm lone;
        TrainLoop loop(run, request, ranks ? ranks->comm() : lone, audit, control, stop, started);
        if (isResumed(request))
            loop.resume(request.resume->checkpoint);
        audit.begin(isResumed(request));
        if (ranks)
            begin(*ranks, loop, isResumed(request));
        TrainResult result = loop.run();
        endAudit(audit, sink);
        return result;
    }

    // What rank 0 does alone before the first batch takes as long as it takes.
    static void begin(Ranks& ranks, TrainLoop& loop, bool resumed)
    {
        ranks.collect("ready", {});
        loop.meetAt(resumed);
    }

    static TrainResult trainWithOthers(PreparedRun& run, const TrainRequest& request, Ranks& ranks, Sink& sink,
        Control& control, const std::stop_token& stop, TrainLoop::Clock::time_point started)
    {
        TrainLoop loop(run, request, ranks.comm(), sink, control, stop, started);
        begin(ranks, loop, false);
        return loop.run();
    }

    // A run that has come to its end is not lost by what was to be said of it.
    static void endAudit(RunAudit& audit, Sink& sink)
    {
        try {
            audit.end();
        } catch (const std::exception& error) {
            sink.event({ EventKind::Warning, -1,
                message(NABIZ_TEXT("Message", "The audit could not be brought to its end: %1"), error.what()) });
        }
    }

    static std::map<std::string, std::string> factsOf(const PreparedRun& run)
    {
        std::map<std::string, std::string> facts = machineFacts(run.device.is_cpu() ? -1 : run.device.index());
        facts.merge(run.facts());
        facts[kFactTorch] = loadedVersion();
        if (const auto memory = readDeviceMemory(run.device))
            facts[kFactMemoryLoaded] = std::to_string(memory->allocated);
        return facts;
    }
};

} // namespace

std::unique_ptr<Trainer> makeTorchTrainer()
{
    const std::string loaded = loadedVersion();
    if (loaded != TORCH_VERSION && !loaded.starts_with(TORCH_VERSION "+")) {
        throw TrainError(TrainErrorKind::Library,
            message(NABIZ_TEXT("Message",
                        "This was built for LibTorch %1 but LibTorch %2 was loaded: run `./run.sh build` "
                        "again with the LibTorch that is to be used."),
                TORCH_VERSION, loaded));
    }
    HostAllocator::instance();
    return std::make_unique<TorchTrainer>();
}

} // namespace nabiz::trainer
