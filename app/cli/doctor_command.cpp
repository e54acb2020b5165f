// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz doctor: what to paste into a bug report, and whether a device computes what the CPU does.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/doctor_findings.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/environment.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/run_store.h"
#include "trainer/config/parameters/device_name.h"
#include "trainer/loop/facts.h"
#include "trainer/loop/trainer.h"
#include "trainer/memory/hardware.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

void examineProgram(Findings& findings)
{
    findings.add("program", "nabiz", nabizVersion());
    findings.add("program", "window", NABIZ_QT_VERSION);
    findings.add("program", "sqlite", storage::sqliteVersion());
    findings.add("program", "compiler", compilerVersion());
    findings.attempt("program", "libtorch", [&findings] {
        for (const auto& [name, text] : trainer::loadTrainer()->facts())
            findings.add("libtorch", name, text);
    });
}

const char* whyNone(trainer::NoCuda why)
{
    switch (why) {
    case trainer::NoCuda::Hidden:
        return "CUDA_VISIBLE_DEVICES hides every GPU: unset it, or name one that is there";
    case trainer::NoCuda::NoDriver:
        return "there is no NVIDIA driver here (libnvidia-ml.so.1 cannot be opened)";
    case trainer::NoCuda::NoAnswer:
        return "libnvidia-ml.so.1 does not answer: the driver is not loaded, or is of another version";
    case trainer::NoCuda::NoGpu:
    case trainer::NoCuda::Unknown:
        break;
    }
    return "the NVIDIA driver shows no GPU";
}

void examineMachine(Findings& findings)
{
    for (const auto& [name, text] : environmentFacts()) {
        if (name != "nabiz" && name != "sqlite" && name != "compiler" && name != "memory.total")
            findings.add("machine", name, text);
    }
    const trainer::Machine machine = trainer::probeMachine();
    findings.add("machine", "cores", std::to_string(machine.cores));
    findings.add("machine", "memory",
        bytesText(static_cast<double>(trainer::totalMemory())) + ", "
            + bytesText(static_cast<double>(trainer::availableMemory())) + " free");
    findings.add("gpu", "devices", std::to_string(machine.cudaDevices));
    if (machine.cudaDevices == 0)
        findings.add("gpu", "why none", whyNone(machine.noCuda));
    int number = 0;
    for (const trainer::GpuFacts& gpu : trainer::visibleGpus()) {
        const std::string device = "cuda:" + std::to_string(number++);
        findings.add("gpu", device, gpu.name);
        findings.add("gpu", device + " memory", bytesText(static_cast<double>(gpu.totalBytes)));
        findings.add("gpu", device + " driver", gpu.driver);
        if (gpu.computeCapability > 0)
            findings.add("gpu", device + " compute capability",
                std::to_string(gpu.computeCapability / 10) + '.' + std::to_string(gpu.computeCapability % 10));
    }
}

// In the table as read by people and as JSON; whether all is well.
bool report(const Findings& findings, Json& json, std::string& text)
{
    bool healthy = true;
    TextTable table({ { "" }, { "" }, { "" }, { "" } });
    for (const Finding& finding : findings.all()) {
        healthy = healthy && !finding.wrong;
        json[finding.section][finding.name] = finding.text;
        table.add({ finding.wrong ? "!" : "", finding.section, finding.name, finding.text });
    }
    text += table.text();
    return healthy;
}

// A device that is not there is bad input, said before anything is done.
void refuseMissingDevice(const std::string& device)
{
    const auto parsed = trainer::parseDevice(device);
    if (!parsed || parsed->automatic)
        throw UsageError("there is no device '" + device + "'; give cpu, cuda or cuda:N");
    if (!parsed->cuda)
        return;
    const auto facts = trainer::loadTrainer()->facts();
    if (parsed->index < std::stoi(facts.at(trainer::kFactCudaDevices)))
        return;
    throw UsageError("there is no CUDA device '" + device + "'. " + facts.at(trainer::kFactCudaState)
        + " nabiz doctor says what there is");
}

void report(const trainer::DeviceCheck& check, Json& json, std::string& text)
{
    const std::string named = check.name.empty() ? check.device : check.device + " (" + check.name + ")";
    text += "\n" + named + " against the CPU: relative differences, the largest of all tensors\n\n";
    TextTable table({ { "" }, { "part" }, { "numbers" }, { "against" }, { "outputs", TextTable::Align::Right },
        { "gradients", TextTable::Align::Right }, { "tolerance", TextTable::Align::Right }, { "" } });
    Json rows = Json::array();
    std::size_t failures = 0;
    std::string failed;
    for (const trainer::DeviceCheckRow& row : check.rows) {
        table.add({ row.agrees ? "" : "!", row.part, row.numbers, row.against, fmt::format("{:.1e}", row.output),
            fmt::format("{:.1e}", row.gradient), fmt::format("{:.0e}", row.tolerance), row.agrees ? "" : row.worst });
        rows.push_back({ { "part", row.part }, { "numbers", row.numbers }, { "against", row.against },
            { "output", row.output }, { "gradient", row.gradient }, { "tolerance", row.tolerance },
            { "agrees", row.agrees }, { "worst", row.worst } });
        if (!row.agrees)
            failed += (failures++ == 0 ? "" : "; ") + row.part + " in " + row.numbers;
    }
    json["device"] = { { "device", check.device }, { "name", check.name }, { "rows", std::move(rows) } };
    text += table.text() + '\n';
    if (failures == 0)
        text += fmt::format("{}: all {} agree\n", named, check.rows.size());
    else
        text += fmt::format("{}: {} of {} differ: {}\n", named, failures, check.rows.size(), failed);
}

int examine(const CommandContext& context, const std::string& device, bool asT4)
{
    if (asT4 && device.empty())
        throw UsageError("--as says with whose means a device is compared: give --device, too");
    const auto signals = device.empty() ? nullptr : std::make_unique<StopSignals>();
    if (signals)
        refuseMissingDevice(device);
    Findings findings;
    examineProgram(findings);
    findings.attempt("machine", "machine", [&] { examineMachine(findings); });
    findings.attempt("database", "check", [&] { examineDatabase(findings, context); });
    Json json;
    json["ok"] = true;
    std::string text;
    bool healthy = report(findings, json, text);
    if (signals) {
        std::stop_source stop;
        signals->listen([&stop] { stop.request_stop(); });
        logLine("comparing " + device + (asT4 ? ", with the means of a T4," : "") + " with the CPU, part by part");
        const auto check = trainer::loadTrainer()->check(device, asT4, stop.get_token());
        signals->close();
        if (!check)
            return kExitSignal;
        report(*check, json, text);
        healthy = healthy && check->agrees();
    }
    json["ok"] = healthy;
    if (context.json)
        printJson(json);
    else
        printText(text);
    return healthy ? kExitDone : kExitFailed;
}

} // namespace

void addDoctorCommand(CLI::App& app, CommandContext& context)
{
    auto* command
        = app.add_subcommand("doctor", "Versions, devices, database and space: what to paste in a bug report");
    const auto device = std::make_shared<std::string>();
    command->add_option("--device", *device, "Also compare every part of the model on cpu, cuda or cuda:N with the CPU")
        ->type_name("DEVICE");
    const auto card = std::make_shared<std::string>();
    command->add_option("--as", *card, "With the means of that card alone: t4 has no bfloat16, TF32 or flash attention")
        ->check(CLI::IsMember({ "t4" }))
        ->type_name("CARD");
    addSharedOptions(*command, context);
    command->footer(
        "With --device: outputs and gradients, in float32 and in the device's smaller numbers, recomputed by\n"
        "checkpointing and not. Each row says by how much they differ and may; one that differs more ends with 1.");
    command->callback([&context, device, card] {
        context.action = [&context, device, card] { return examine(context, *device, !card->empty()); };
    });
}

} // namespace nabiz::app
