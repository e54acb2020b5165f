// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz doctor: what to paste into a bug report.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "app/run/environment.h"
#include "storage/run_store.h"
#include "trainer/config/preset_store.h"
#include "trainer/loop/trainer.h"
#include "trainer/memory/hardware.h"

#include <nlohmann/json.hpp>

#include <exception>
#include <filesystem>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

struct Finding {
    std::string section; // program, libtorch, machine, gpu, folders, database
    std::string name;
    std::string text;
    bool wrong = false;
};

class Findings {
public:
    void add(const char* section, const std::string& name, const std::string& text, bool wrong = false)
    {
        m_findings.push_back({ section, name, text, wrong });
    }
    // What `find` throws is itself a finding: a doctor does not give up at the first illness.
    template <typename Find> void attempt(const char* section, const char* name, Find&& find)
    {
        try {
            find();
        } catch (const std::exception& error) {
            add(section, name, error.what(), true);
        }
    }
    const std::vector<Finding>& all() const { return m_findings; }

private:
    std::vector<Finding> m_findings;
};

void examineProgram(Findings& findings)
{
    findings.add("program", "nabiz", nabizVersion());
    findings.add("program", "window", NABIZ_QT_VERSION);
    findings.add("program", "sqlite", storage::RunStore::sqliteVersion());
    findings.add("program", "compiler", compilerVersion());
    findings.attempt("program", "libtorch", [&findings] {
        for (const auto& [name, text] : trainer::loadTrainer()->facts())
            findings.add("libtorch", name, text);
    });
}

void examineMachine(Findings& findings)
{
    for (const auto& [name, text] : environmentFacts()) {
        if (name != "nabiz" && name != "sqlite" && name != "compiler" && name != "memory.total")
            findings.add("machine", name, text);
    }
    const trainer::Machine machine = trainer::probeMachine();
    findings.add("machine", "cores", std::to_string(machine.cores));
    findings.add("machine", "memory", bytesText(static_cast<double>(trainer::totalMemory())) + ", "
            + bytesText(static_cast<double>(trainer::availableMemory())) + " free");
    findings.add("gpu", "devices", std::to_string(machine.cudaDevices));
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

void examineDatabase(Findings& findings, const CommandContext& context)
{
    const std::filesystem::path presets = trainer::PresetStore::defaultUserFolder();
    findings.add("folders", "presets", presets.empty() ? "none: HOME is not set" : presets.string());
    const std::filesystem::path file = context.databaseFile();
    findings.add("database", "file", file.string());
    std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    std::error_code error;
    while (!std::filesystem::exists(folder, error) && folder.has_relative_path())
        folder = folder.parent_path();
    const auto space = std::filesystem::space(folder, error);
    if (!error)
        findings.add("database", "free space", bytesText(static_cast<double>(space.available)));
    if (!std::filesystem::exists(file, error)) {
        findings.add("database", "check", "not made yet: the first run makes it");
        return;
    }
    findings.add("database", "size", bytesText(static_cast<double>(std::filesystem::file_size(file, error))));
    const storage::RunStore store(file);
    findings.add("database", "schema", std::to_string(store.schemaVersion()));
    findings.add("database", "runs", std::to_string(store.runs().size()));
    const std::string check = store.check();
    findings.add("database", "check", check, check != "ok");
}

int examine(const CommandContext& context)
{
    Findings findings;
    examineProgram(findings);
    findings.attempt("machine", "machine", [&] { examineMachine(findings); });
    findings.attempt("database", "check", [&] { examineDatabase(findings, context); });
    bool healthy = true;
    Json json;
    json["ok"] = true;
    TextTable table({ { "" }, { "" }, { "" }, { "" } });
    for (const Finding& finding : findings.all()) {
        healthy = healthy && !finding.wrong;
        json[finding.section][finding.name] = finding.text;
        table.add({ finding.wrong ? "!" : "", finding.section, finding.name, finding.text });
    }
    json["ok"] = healthy;
    if (context.json)
        printJson(json);
    else
        printText(table.text());
    return healthy ? kExitDone : kExitFailed;
}

} // namespace

void addDoctorCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("doctor", "Versions, devices, database and space: what to paste in a bug report");
    addSharedOptions(*command, context);
    command->callback([&context] { context.action = [&context] { return examine(context); }; });
}

} // namespace nabiz::app
