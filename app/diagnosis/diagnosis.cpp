// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosis.h"

#include "app/diagnosis/private_words.h"
#include "app/run/environment.h"
#include "app/run/run_record.h"
#include "app/run/trail.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"
#include "trainer/base/output_file.h"
#include "trainer/base/train_error.h"
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/memory/hardware.h"

#include <nlohmann/json.hpp>
#include <zip.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

namespace nabiz::app {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kRuns = 20; // the newest
constexpr std::size_t kCrashes = 5;

std::string textOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

// Those of the state folder that begin so, the newest first.
std::vector<fs::path> kept(const char* begin)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(trailFolder(), error)) {
        if (entry.path().filename().string().starts_with(begin))
            found.push_back(entry.path());
    }
    std::ranges::sort(
        found, std::greater<>(), [&error](const fs::path& file) { return fs::last_write_time(file, error); });
    return found;
}

std::string machineText()
{
    std::string text;
    for (const auto& [name, fact] : environmentFacts()) {
        if (name != "host")
            text += name + ": " + fact + '\n';
    }
    const trainer::Machine machine = trainer::probeMachine();
    text += "cores: " + std::to_string(machine.cores) + "\nGPUs: " + std::to_string(machine.cudaDevices) + '\n';
    for (const trainer::GpuFacts& gpu : trainer::visibleGpus())
        text += "GPU: " + gpu.name + ", " + std::to_string(gpu.totalBytes) + " bytes, driver " + gpu.driver + '\n';
    return text;
}

// Numbers, switches and choices; what a person has written stays here, and is struck out elsewhere.
Json settingsOf(const storage::RunStore& store, storage::RunId run, PrivateWords& words)
{
    Json settings;
    const auto parameters = store.parameters(run);
    const trainer::Config config = declaredConfig(parameters);
    for (const storage::Parameter& parameter : parameters) {
        const trainer::Parameter* const row = trainer::findParameter(parameter.key);
        if (!row)
            continue;
        const trainer::Value& value = config.value(parameter.key);
        const auto* const text = std::get_if<std::string>(&value);
        const bool isFree = row->choices.empty() && (text || std::holds_alternative<std::vector<std::string>>(value));
        if (!isFree)
            settings[parameter.key] = parameter.value();
        else if (text && text->find('/') != std::string::npos)
            words.add(*text, "~/…");
    }
    return settings;
}

std::string runsText(const fs::path& database, PrivateWords& words)
{
    std::error_code error;
    if (!fs::exists(database, error))
        return "no database\n";
    try {
        const storage::RunStore store(database);
        Json json = Json::array();
        const auto runs = store.runs();
        for (const auto& [run, summary] : runs) {
            if (json.size() == kRuns)
                break;
            json.push_back({ { "run", run.id }, { "status", storage::name(run.status) }, { "source", run.source },
                { "batches", summary.batches }, { "planned", run.plannedBatches }, { "seconds", summary.seconds },
                { "nonfinite", summary.nonFinite }, { "reason", run.failure },
                { "settings", settingsOf(store, run.id, words) } });
        }
        return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
    } catch (const storage::StorageError& failure) {
        return std::string(failure.what()) + '\n';
    }
}

[[noreturn]] void fail(const fs::path& target, const char* reason)
{
    throw trainer::TrainError(trainer::TrainErrorKind::Io,
        trainer::message(NABIZ_TEXT("Message", "'%1' cannot be written: %2"), target.string(), reason));
}

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};

// The archive in memory: what is written is written as every file is.
std::string zipped(const DiagnosisFiles& files, const fs::path& target)
{
    std::unique_ptr<zip_source_t, Discard> whole(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    zip_source_keep(whole.get()); // the archive takes one share of it
    std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(whole.get(), ZIP_TRUNCATE, nullptr));
    if (!archive)
        fail(target, "no archive can be made");
    for (const auto& [name, text] : files) {
        zip_source_t* const source = zip_source_buffer(archive.get(), text.data(), text.size(), 0);
        if (!source || zip_file_add(archive.get(), ("nabiz-diagnosis/" + name).c_str(), source, ZIP_FL_ENC_UTF_8) < 0)
            fail(target, zip_strerror(archive.get()));
    }
    if (zip_close(archive.get()) != 0)
        fail(target, zip_strerror(archive.get()));
    [[maybe_unused]] auto* const closed = archive.release();
    zip_stat_t state {};
    if (zip_source_stat(whole.get(), &state) != 0 || zip_source_open(whole.get()) != 0)
        fail(target, "the archive cannot be read back");
    std::string bytes(state.size, '\0');
    const zip_int64_t count = zip_source_read(whole.get(), bytes.data(), bytes.size());
    zip_source_close(whole.get());
    if (count != static_cast<zip_int64_t>(bytes.size()))
        fail(target, "the archive cannot be read back");
    return bytes;
}

} // namespace

DiagnosisFiles diagnose(const fs::path& database)
{
    PrivateWords words;
    DiagnosisFiles files { { "runs.json", runsText(database, words) }, { "machine.txt", machineText() } };
    for (const fs::path& log : kept("nabiz"))
        files.emplace_back(log.filename().string(), textOf(log));
    auto crashes = kept("crash-");
    crashes.resize(std::min(crashes.size(), kCrashes));
    for (const fs::path& crash : crashes)
        files.emplace_back(crash.filename().string(), textOf(crash));
    for (auto& [name, text] : files)
        text = words.without(std::move(text));
    return files;
}

void writeZip(const DiagnosisFiles& files, const fs::path& target)
{
    trainer::writeFile(target, zipped(files, target));
}

std::string newestCrash()
{
    const auto crashes = kept("crash-");
    std::error_code error;
    if (crashes.empty())
        return {};
    return crashes.front().filename().string() + ' '
        + std::to_string(fs::last_write_time(crashes.front(), error).time_since_epoch().count());
}

} // namespace nabiz::app
