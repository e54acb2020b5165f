// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz audit: what makes a loss suspicious, of a preset before it is trained or of a run that has been.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/train_setup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/run_name.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"
#include "trainer/base/finding.h"
#include "trainer/base/nearest.h"
#include "trainer/config/presets/preset_store.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
using trainer::Finding;
using trainer::FindingSeverity;

namespace {

struct AuditOptions {
    std::string subject; // preset or run
    std::vector<std::string> overrides;
};

Json findingsJson(const std::vector<Finding>& findings)
{
    Json list = Json::array();
    for (const Finding& finding : trainer::suspicious(findings))
        list.push_back({ { "id", finding.id }, { "severity", trainer::severityName(finding.severity) },
            { "measured", finding.measured.english() }, { "message", finding.message.english() } });
    Json fine = Json::array();
    for (const Finding& finding : findings) {
        if (finding.severity == FindingSeverity::Fine)
            fine.push_back({ { "id", finding.id }, { "measured", finding.measured.english() } });
    }
    return { { "findings", list }, { "fine", fine } };
}

// Words on lines of at most `width` columns, each line set in.
std::string wrapped(const std::string& text, std::size_t width)
{
    std::string result = " ";
    std::size_t column = 1;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        const std::size_t shown = textWidth(word);
        if (column > 1 && column + 1 + shown > width) {
            result += "\n ";
            column = 1;
        }
        result += ' ' + word;
        column += 1 + shown;
        begin = end + 1;
    }
    return result + '\n';
}

std::string findingsText(const std::string& subject, const std::vector<Finding>& findings)
{
    constexpr std::size_t kWidth = 100;
    const std::vector<Finding> found = trainer::suspicious(findings);
    std::string text = found.empty()
        ? fmt::format("{}: nothing suspicious\n", safeLine(subject))
        : fmt::format("{}: {} {}\n", safeLine(subject), found.size(), found.size() == 1 ? "finding" : "findings");
    for (const Finding& finding : found) {
        text += fmt::format("\n{}: {} ({})\n", trainer::severityName(finding.severity),
            trainer::findingTitle(finding.id).english(), finding.id);
        text += wrapped(finding.measured.english(), kWidth) + wrapped(finding.message.english(), kWidth);
    }
    std::string fine;
    for (const Finding& finding : findings) {
        if (finding.severity == FindingSeverity::Fine)
            fine += (fine.empty() ? "" : " · ") + finding.measured.english();
    }
    return text + (fine.empty() ? "" : "\nin order: " + fine + '\n');
}

int print(const CommandContext& context, const std::string& subject, const std::vector<Finding>& findings)
{
    const std::vector<Finding> standing = trainer::standing(findings);
    if (context.json)
        printJson(findingsJson(standing));
    else
        printText(findingsText(subject, standing));
    return kExitDone;
}

int auditPreset(const CommandContext& context, const AuditOptions& options)
{
    const TrainSetup setup
        = setUpTraining({ .command = "audit", .preset = options.subject, .overrides = options.overrides });
    for (const std::string& note : setup.notes)
        logLine("note: " + note);
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    const auto findings = trainer::loadTrainer()->audit(setup.spec.config, stop.get_token());
    signals.close();
    return findings ? print(context, options.subject, *findings) : kExitSignal;
}

int auditRun(const CommandContext& context, const AuditOptions& options)
{
    const storage::RunStore store = openForReading(context);
    const storage::RunId id = findRun(store, options.subject);
    const auto overview = store.run(id);
    std::vector<Finding> findings;
    for (const storage::Event& event : store.events(id)) {
        if (event.kind != "audit")
            continue;
        if (auto finding = trainer::findingFrom(event.message, event.arguments))
            findings.push_back(std::move(*finding));
    }
    const std::string name = fmt::format("{} (run {})", overview ? overview->run.name : options.subject, id);
    if (findings.empty() && context.json) {
        printJson({ { "findings", Json::array() }, { "fine", Json::array() } });
        return kExitDone;
    }
    if (findings.empty()) {
        printText(safeLine(name) + ": not audited\n");
        return kExitDone;
    }
    return print(context, name, findings);
}

// A preset may share its name with runs made from it: numbers are runs, everything else a preset if there is one.
bool isPreset(const AuditOptions& options, const std::vector<trainer::Preset>& presets)
{
    if (!options.overrides.empty())
        return true;
    if (looksLikeId(options.subject))
        return false;
    std::error_code unreachable; // no file then, whatever it is called
    return std::ranges::any_of(presets, [&](const auto& preset) { return preset.name == options.subject; })
        || options.subject.find('/') != std::string::npos || std::filesystem::exists(options.subject, unreachable);
}

std::optional<storage::RunId> runCalled(const CommandContext& context, const std::string& subject)
{
    std::error_code error;
    return std::filesystem::exists(context.databaseFile(), error) ? openForReading(context).find(subject)
                                                                  : std::nullopt;
}

int audit(const CommandContext& context, const AuditOptions& options)
{
    const std::vector<trainer::Preset> presets = trainer::PresetStore(trainer::PresetStore::defaultUserFolder()).list();
    if (isPreset(options, presets)) {
        try {
            return auditPreset(context, options);
        } catch (const UsageError& error) {
            const auto run = options.overrides.empty() ? runCalled(context, options.subject) : std::nullopt;
            if (!run)
                throw;
            auto details = error.details();
            details.push_back(fmt::format("to see what was found of the run of that name: nabiz audit {}", *run));
            throw UsageError(error.what(), details);
        }
    }
    if (looksLikeId(options.subject) || runCalled(context, options.subject))
        return auditRun(context, options);
    std::vector<std::string_view> names;
    for (const trainer::Preset& preset : presets)
        names.push_back(preset.name);
    const std::string_view meant = trainer::nearest(options.subject, names);
    throw UsageError("there is neither a preset nor a run '" + options.subject + "'; "
        + (meant.empty() ? "" : "did you mean '" + std::string(meant) + "'? ")
        + "nabiz presets and nabiz runs list what there is");
}

} // namespace

void addAuditCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("audit", "Say what makes a loss suspicious");
    const auto options = std::make_shared<AuditOptions>();
    command->add_option("subject", options->subject, "A preset, before it is trained; or a run by its id or name")
        ->required()
        ->type_name("PRESET|RUN");
    command->add_option("overrides", options->overrides, "Settings other than the preset's: model.causal=false")
        ->type_name("key=value");
    addSharedOptions(*command, context);
    command->footer(
        "Of a preset: does a position see what follows it, is the text repeated, is it validated on what it is\n"
        "trained on, do all settings do something. A run's record holds what was found while it trained, too.\n"
        "Where a run has a preset's name, give its id.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return audit(context, *options); }; });
}

} // namespace nabiz::app
