// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz weights: fetches language models from a hub into the Hugging Face cache or a folder, lists those that are
// there, and checks one.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/fetch_progress.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"
#include "app/weights/fetch_error.h"
#include "app/weights/model_check.h"
#include "app/weights/model_fetch.h"
#include "app/weights/model_list.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/data/cancelled.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>
#include <numeric>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShownDigits = 12; // of a commit

struct GetOptions {
    std::string model;
    std::string to;
    std::string endpoint;
};

trainer::ModelName modelName(const std::string& written)
{
    const auto name = trainer::parseModelName(written);
    if (!name)
        throw UsageError("'" + written
            + "' is no model's name: write it as its page does, such as Qwen/Qwen3-0.6B, or with a "
              "revision Qwen/Qwen3-0.6B@main");
    return *name;
}

template <typename Value> std::int64_t sum(const std::vector<FetchedFile>& files, Value FetchedFile::*field)
{
    return std::accumulate(files.begin(), files.end(), std::int64_t(0),
        [field](std::int64_t before, const FetchedFile& file) { return before + file.*field; });
}

// The work with SIGINT heard; what is there by then stays and is gone on from.
template <typename Work> int untilStopped(const Work& work)
{
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    try {
        return work(stop.get_token());
    } catch (const trainer::Cancelled&) {
        logLine("stopped; what is there by now is kept, and the same command goes on");
        return kExitSignal;
    } catch (const FetchError& error) {
        printError(error.what(), {});
        return kExitFailed;
    }
}

std::string licenceText(const FetchedModel& model)
{
    const auto file = std::ranges::find_if(model.files, [](const FetchedFile& one) { return isLicence(one.name); });
    const std::string where = file == model.files.end() ? "" : " (" + (model.folder / file->name).string() + ")";
    if (model.licence.empty())
        return file == model.files.end() ? "" : "licence: see " + (model.folder / file->name).string();
    return "licence: " + model.licence + where;
}

Json fetchedJson(const FetchedModel& model)
{
    Json json { { "repo", model.name.repo }, { "revision", model.name.revision }, { "commit", model.commit },
        { "folder", model.folder.string() }, { "licence", model.licence.empty() ? Json() : Json(model.licence) },
        { "asked", model.wasAsked }, { "bytes", sum(model.files, &FetchedFile::bytes) },
        { "fetched_bytes", sum(model.files, &FetchedFile::fetched) },
        { "resumed_bytes", sum(model.files, &FetchedFile::resumed) }, { "files", Json::array() } };
    for (const FetchedFile& file : model.files)
        json["files"].push_back({ { "name", file.name }, { "bytes", file.bytes }, { "fetched_bytes", file.fetched },
            { "resumed_bytes", file.resumed } });
    return json;
}

int get(const CommandContext& context, const GetOptions& options)
{
    const trainer::ModelName name = modelName(options.model);
    const HubSettings settings = readHubSettings(options.endpoint);
    return untilStopped([&](const std::stop_token& stop) {
        FetchProgressLine line(terminalOnStderr());
        const FetchListener listener { .progress = [&line](const FetchProgress& progress) { line.show(progress); },
            .say = [&line](const trainer::Message& message) { line.say(message); } };
        std::optional<FetchedModel> model;
        try {
            model = fetchModel(name, options.to.empty() ? fs::path() : fs::path(trainer::wholePath(options.to)),
                settings, listener, stop);
        } catch (...) {
            line.finish();
            throw;
        }
        line.finish();
        const std::int64_t fetched = sum(model->files, &FetchedFile::fetched);
        logLine(fmt::format("{} at {}: {} files, {}, {}", name.repo, model->commit.substr(0, kShownDigits),
            model->files.size(), bytesText(static_cast<double>(sum(model->files, &FetchedFile::bytes))),
            fetched > 0 ? bytesText(static_cast<double>(fetched)) + " of it fetched"
                        : std::string("all there before")));
        if (const std::string licence = licenceText(*model); !licence.empty())
            logLine(licence);
        if (context.json)
            printJson(fetchedJson(*model));
        else
            printText(safeLine(model->folder.string()) + '\n');
        return kExitDone;
    });
}

int list(const CommandContext& context)
{
    const fs::path cache = trainer::hubCache();
    const auto models = listModels(cache);
    if (context.json) {
        Json json { { "cache", cache.string() }, { "models", Json::array() } };
        for (const ListedModel& model : models)
            json["models"].push_back({ { "repo", model.repo },
                { "commit", model.commit.empty() ? Json() : Json(model.commit) }, { "revisions", model.revisions },
                { "folder", model.folder.string() }, { "bytes", model.bytes }, { "partial_bytes", model.partialBytes },
                { "architecture", model.architecture.empty() ? Json() : Json(model.architecture) },
                { "why_not", model.whyNot.empty() ? Json() : Json(model.whyNot.english()) } });
        printJson(json);
        return kExitDone;
    }
    if (models.empty()) {
        printText("no models in " + safeLine(cache.string()) + "; fetch one with: nabiz weights get Qwen/Qwen3-0.6B\n");
        return kExitDone;
    }
    TextTable table(
        { { "MODEL" }, { "REVISION" }, { "COMMIT" }, { "SIZE", TextTable::Align::Right }, { "KIND" }, { "" } });
    for (const ListedModel& model : models) {
        std::string revisions;
        for (const std::string& revision : model.revisions)
            revisions += (revisions.empty() ? "" : ", ") + revision;
        table.add({ model.repo, revisions, model.commit.substr(0, kShownDigits),
            bytesText(static_cast<double>(model.bytes)), model.architecture, model.whyNot.english() });
    }
    printText(table.text());
    return kExitDone;
}

Json checkedJson(const CheckedModel& model, const fs::path& folder)
{
    Json json { { "folder", folder.string() }, { "ok", model.problems.empty() },
        { "architecture", model.architecture.empty() ? Json() : Json(model.architecture) }, { "layers", model.layers },
        { "hidden", model.hidden }, { "weights", model.weights }, { "unused_tensors", model.unusedTensors },
        { "files", Json::array() }, { "problems", Json::array() } };
    for (const CheckedFile& file : model.files)
        json["files"].push_back(
            { { "name", file.name }, { "bytes", file.bytes }, { "hash_checked", file.hasKnownHash } });
    for (const trainer::Message& problem : model.problems)
        json["problems"].push_back(problem.english());
    return json;
}

std::string checkedText(const CheckedModel& model)
{
    std::string text = fmt::format("{}: {} layers of width {}, {} weights\n", model.architecture, model.layers,
        model.hidden, countText(model.weights));
    if (model.unusedTensors > 0)
        text += fmt::format("{} tensors of further layers are not used\n", countText(model.unusedTensors));
    for (const CheckedFile& file : model.files)
        text += fmt::format("{}  {}{}\n", safeLine(file.name), bytesText(static_cast<double>(file.bytes)),
            file.hasKnownHash ? ", as the hub gave it" : "");
    return text;
}

int check(const CommandContext& context, const std::string& written)
{
    if (written.empty())
        throw UsageError("weights check: name a folder, or a model of the cache such as Qwen/Qwen3-0.6B");
    const fs::path folder = trainer::languageFolder(written);
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw UsageError("there is no folder " + folder.string()
            + (trainer::parseModelName(written) ? ", and no such model in the cache: nabiz weights get " + written
                                                : ""));
    return untilStopped([&](const std::stop_token& stop) {
        const CheckedModel model = checkModel(folder, [&stop] { trainer::throwIfStopped(stop); });
        if (context.json)
            printJson(checkedJson(model, folder));
        if (!model.problems.empty()) {
            std::vector<std::string> further;
            for (std::size_t i = 1; i < model.problems.size(); ++i)
                further.push_back(model.problems[i].english());
            throw UsageError(model.problems.front().english(), further);
        }
        if (!context.json)
            printText(checkedText(model));
        return kExitDone;
    });
}

} // namespace

void addWeightsCommand(CLI::App& app, CommandContext& context)
{
    auto* weights = app.add_subcommand("weights", "Fetch, list and check the weights of language models");
    weights->require_subcommand(1, 1);
    addSharedOptions(*weights, context);

    const auto options = std::make_shared<GetOptions>();
    auto* getter = weights->add_subcommand("get", "Fetch a model into the Hugging Face cache, and print its folder");
    getter
        ->add_option(
            "model", options->model, "Its name on the hub, such as Qwen/Qwen3-0.6B or Qwen/Qwen3-0.6B@REVISION")
        ->required()
        ->type_name("REPO");
    getter->add_option("--to", options->to, "Into this folder instead of the cache")->type_name("DIR");
    getter->add_option("--endpoint", options->endpoint, "The hub; else HF_ENDPOINT, else https://huggingface.co")
        ->type_name("URL");
    addSharedOptions(*getter, context);
    getter->footer(
        "It takes config.json, safetensors, tokenizer and licence, goes on where it was stopped, and asks for nothing\n"
        "that is there. HF_TOKEN, HF_HOME, HF_HUB_CACHE and HF_HUB_OFFLINE mean what they mean to huggingface_hub.");
    getter->callback([&context, options] { context.action = [&context, options] { return get(context, *options); }; });

    auto* lister
        = weights->add_subcommand("list", "The models of the Hugging Face cache, and which can be trained with");
    addSharedOptions(*lister, context);
    lister->callback([&context] { context.action = [&context] { return list(context); }; });

    const auto folder = std::make_shared<std::string>();
    auto* checker
        = weights->add_subcommand("check", "Read all of a model: shapes, numbers, and hashes where they are known");
    checker->add_option("folder", *folder, "A folder, or a model of the cache")->required()->type_name("DIR");
    addSharedOptions(*checker, context);
    checker->callback([&context, folder] { context.action = [&context, folder] { return check(context, *folder); }; });
}

} // namespace nabiz::app
