// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz import: the runs in other programs' stores, and published pages as reference runs. It never asks: what was
// understood and what was not is printed, then the runs are stored, unless --dry-run.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/import_text.h"
#include "app/cli/run_json.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/interchange/reference_run.h"
#include "app/interchange/reported_run.h"
#include "app/interchange/store_import.h"
#include "app/run/exit_code.h"
#include "app/run/run_name.h"
#include "app/run/terminal_text.h"
#include "storage/exchange/run_archive.h"
#include "storage/run_store.h"
#include "trainer/base/kept_files.h"

#include <spdlog/fmt/fmt.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

struct ImportOptions {
    std::vector<std::string> paths;
    std::string name;
    bool dryRun = false;
};

std::string readAll(std::FILE* file)
{
    std::string text(kLongestPage + 1, '\0'); // one more tells that it is too long
    text.resize(std::fread(text.data(), 1, text.size(), file));
    return text;
}

// What is opened and may never come to an end, or to a beginning. The shell's own pipes, as of <(…), are read.
void refusePipes(const std::string& path)
{
    std::error_code error; // what is not there is said below
    const auto kind = fs::status(path, error).type();
    const auto place = fs::absolute(path, error).lexically_normal().string();
    const bool isOurs
        = place.starts_with("/dev/fd/") || place.starts_with("/dev/std") || place.starts_with("/proc/self/fd/");
    if (isOurs)
        return;
    if (kind == fs::file_type::fifo)
        throw UsageError("'" + path + "' is a pipe and no file; read it by: nabiz import - < " + path);
    if (kind == fs::file_type::socket || kind == fs::file_type::character || kind == fs::file_type::block)
        throw UsageError("'" + path + "' is a device and no file; give a Markdown or text file");
}

std::string pageText(const std::string& path)
{
    if (path.empty())
        throw UsageError("a page has no name; give a Markdown, text or CSV file, or - for stdin");
    if (path != "-")
        refusePipes(path);
    std::error_code error;
    if (path == kReportedRunName && !fs::exists(path, error))
        return std::string(reportedRunPage());
    if (path == "-")
        return readAll(stdin);
    if (fs::is_directory(path, error) && fs::equivalent(path, "/", error))
        throw UsageError(
            "'" + path + "' is the whole machine, which is not searched: name a folder nearer to the runs");
    if (fs::is_directory(path, error))
        throw UsageError("'" + path
            + "' is a folder without a store that Nabız reads; give one with runs of TensorBoard, MLflow, W&B, Trackio,"
              " DVCLive or CSV files, or a page in it, as in: nabiz import "
            + path + "/report.md");
    if (fs::path(path).extension() == storage::kArchiveEnding && fs::exists(path, error))
        throw UsageError(
            "'" + path + "' is no whole file of runs: it is damaged, or nabiz export --file did not write it");
    if (trainer::isDatabase(path))
        throw UsageError("'" + path + "' is the database, not a page; give a Markdown or text file");
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file)
        throw UsageError(
            fmt::format("the page '{}' cannot be read: {}; give a Markdown or text file, or {} for the shipped one",
                path, std::strerror(errno), kReportedRunName));
    trainer::keepInput(path);
    return readAll(file.get());
}

Imported readPageAt(const std::string& path, const ImportOptions& options)
{
    Imported imported { .path = path, .text = pageText(path) };
    try {
        imported.page = readPage(imported.text);
    } catch (const PageError& error) {
        throw UsageError(fmt::format("'{}': {}", path, error.what()));
    }
    if (imported.page.empty())
        throw UsageError("no figures were understood in '" + path
            + "'; write them as \"batch 50: 0.2715\", as a table with the columns batch and loss, or as CSV");
    const std::string stem = path == "-" ? "reference" : fs::path(path).stem().string();
    imported.name = !options.name.empty() ? options.name : !imported.page.title.empty() ? imported.page.title : stem;
    if (looksLikeId(imported.name))
        throw UsageError(
            "the name '" + imported.name + "' is an id: give another with --name, one that is not a number alone");
    return imported;
}

Json pageJson(const Imported& imported)
{
    const PublishedPage& page = imported.page;
    const auto count = page.points.size();
    Json json { { "run", imported.run ? Json(imported.run) : Json() }, { "name", imported.name }, { "source", "page" },
        { "points", count }, { "new_points", imported.run ? count : 0 }, { "path", imported.path },
        { "values", Json::array() }, { "settings", Json::array() }, { "memory", Json::array() },
        { "lines", Json::array() } };
    for (const auto& point : page.points)
        json["values"].push_back({ { "batch", point.batch }, { "metric", point.metric },
            { "value", numberJson(point.value) }, { "line", point.line } });
    for (const auto& setting : page.settings)
        json["settings"].push_back({ { "key", setting.key }, { "value", setting.value }, { "line", setting.line } });
    for (const auto& memory : page.memory)
        json["memory"].push_back({ { "kind", memory.kind }, { "bytes", memory.bytes }, { "line", memory.line } });
    static constexpr const char* kKinds[] = { "understood", "words", "not understood" };
    for (const auto& line : page.lines)
        json["lines"].push_back({ { "line", line.number }, { "text", line.text },
            { "kind", kKinds[static_cast<int>(line.kind)] }, { "said", saidText(line) } });
    return json;
}

Json storeJson(const ImportedLine& line)
{
    const auto& outcome = line.outcome;
    return { { "run", outcome.run ? Json(outcome.run) : Json() }, { "name", outcome.name }, { "source", line.source },
        { "points", outcome.points }, { "new_points", outcome.newPoints }, { "path", line.path },
        { "damaged", line.damaged } };
}

// What the arguments led to.
struct Found {
    std::vector<FoundStore> stores;
    std::vector<fs::path> archives;
    std::vector<Imported> pages;
    ImportReport report;
};

// Throws when a page cannot be read and there is nothing but pages; what it is stands in the report by then.
void findAll(const ImportOptions& options, Found& found)
{
    std::vector<std::string> pages;
    for (const std::string& path : options.paths) {
        if (storage::isRunArchive(path)) {
            found.archives.emplace_back(path);
            continue;
        }
        auto stores = path.empty() || path == "-" ? std::vector<FoundStore>() : findStores(path);
        if (stores.empty())
            pages.push_back(path);
        for (auto& store : stores)
            found.stores.push_back(std::move(store));
    }
    // All are read before any is stored, so that a bad one stores none; beside stores it is passed by.
    for (const std::string& path : pages) {
        try {
            found.pages.push_back(readPageAt(path, options));
        } catch (const UsageError& error) {
            found.report.skipped.push_back({ path, error.what() });
            if (found.stores.empty() && found.archives.empty())
                throw;
        }
    }
}

void store(Found& found, const ImportOptions& options, const fs::path& file)
{
    const auto recorder = options.dryRun ? nullptr : std::make_unique<storage::Recorder>(file);
    importStores(found.stores, options.name, recorder.get(), found.report);
    for (const fs::path& archive : found.archives)
        importArchive(archive, recorder.get(), found.report);
    for (Imported& imported : found.pages) {
        if (!recorder)
            continue;
        imported.run = keepReference(*recorder, imported.page, imported.name, imported.text);
        imported.name = storage::RunStore(file).run(imported.run).value().run.name;
    }
}

Json foundJson(const Found& found)
{
    Json json { { "runs", Json::array() }, { "skipped", Json::array() } };
    for (const ImportedLine& line : found.report.runs)
        json["runs"].push_back(storeJson(line));
    for (const Imported& imported : found.pages)
        json["runs"].push_back(pageJson(imported));
    for (const SkippedPath& skipped : found.report.skipped)
        json["skipped"].push_back({ { "path", skipped.path }, { "reason", skipped.reason } });
    return json;
}

int import(const CommandContext& context, const ImportOptions& options)
{
    if (!options.name.empty() && options.paths.size() > 1)
        throw UsageError("--name is for one page; import them one by one");
    if (looksLikeId(options.name))
        throw UsageError("the name '" + options.name + "' is an id: give another, one that is not a number alone");
    const auto file = context.databaseFile();
    Found found;
    try {
        findAll(options, found);
    } catch (const UsageError&) {
        if (context.json)
            printJson(foundJson({ .report = std::move(found.report) }));
        throw;
    }
    store(found, options, file);
    if (context.json) {
        printJson(foundJson(found));
    } else {
        printText(storesText(found.report, !options.dryRun));
        for (const Imported& imported : found.pages)
            printText(importText(imported)
                + (imported.run ? countText(imported.run) + '\n' : "nothing was stored (--dry-run)\n"));
    }
    if (!found.report.runs.empty() || !found.pages.empty())
        return kExitDone;
    const auto& first = found.report.skipped.front();
    throw UsageError("nothing could be read, as of '" + first.path + "': " + first.reason);
}

} // namespace

void addImportCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ImportOptions>();
    auto* command = app.add_subcommand(
        "import", "Take in the runs of other programs' stores, or a published page as a reference run");
    command
        ->add_option("paths", options->paths,
            "Files and folders of TensorBoard, MLflow, W&B, Trackio, DVCLive, Hugging Face and CSV, or of many such;"
            " RUNS.nabiz of nabiz export --file; pages in Markdown or text; - is a page on stdin; t4-reported ships with the program")
        ->required()
        ->type_name("PATH");
    command->add_option("--name", options->name, "Of the run; else its own, or the page's title")->type_name("N");
    command->add_flag("--dry-run", options->dryRun, "Say what is understood and what is not, and store nothing");
    addSharedOptions(*command, context);
    command->footer(
        "Of a store each run is taken, once: the same again adds nothing, a grown one its new points.\n"
        "Of a page understood are lists such as \"Batch 50: 0.2715\", tables and CSV with a column batch or step, settings such as\n"
        "\"batch size 4\", and memory such as \"GPU memory 1.20 GB\". The id of the new run is printed last.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return import(context, *options); }; });
}

} // namespace nabiz::app
