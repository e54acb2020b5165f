// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder_files.h"

#include "trainer/base/train_error.h"
#include "trainer/config/parameters/hub_cache.h"
#include "trainer/config/parameters/whole_paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSingle = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr std::size_t kListed = 10; // differences that a sentence holds

[[noreturn]] void fail(Message reason)
{
    throw TrainError(TrainErrorKind::BadInput, std::move(reason));
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " × ") + std::to_string(size);
    return "(" + text + ")";
}

// The files that an index names, each once.
std::set<std::string> shardsOf(const fs::path& index)
{
    std::set<std::string> shards;
    try {
        std::ifstream stream(index);
        const auto json = nlohmann::json::parse(stream);
        for (const auto& [name, file] : json.at("weight_map").items()) {
            const fs::path path = file.get<std::string>();
            if (path.empty() || path.filename() != path)
                fail(message(NABIZ_TEXT("Message", "%1: the shard “%2” of %3 is no file beside it."), index.string(),
                    path.string(), name));
            shards.insert(path.string());
        }
    } catch (const nlohmann::json::exception& error) {
        fail(message(NABIZ_TEXT("Message", "%1 is no index of safetensors: %2"), index.string(), error.what()));
    }
    return shards;
}

// As the published models are loaded elsewhere: the single file, where there is one, and an index beside it is not
// asked.
bool isSharded(const fs::path& folder)
{
    std::error_code error;
    return !fs::exists(folder / kSingle, error) && fs::exists(folder / kIndex, error);
}

Message missingWeights(const fs::path& folder)
{
    std::error_code error;
    if (!isSharded(folder)) {
        if (fs::exists(folder / kSingle, error))
            return {};
        return message(NABIZ_TEXT("Message",
                           "%1 holds no %2 and no %3: set language.path to the folder with the model's weights."),
            folder.string(), kSingle, kIndex);
    }
    std::string missing;
    for (const std::string& shard : shardsOf(folder / kIndex)) {
        if (!fs::exists(folder / shard, error))
            missing += (missing.empty() ? "" : ", ") + shard;
    }
    return missing.empty() ? Message()
                           : message(NABIZ_TEXT("Message", "%1 names files that are not there: %2. Fetch them too."),
                                 (folder / kIndex).string(), missing);
}

} // namespace

DecoderFiles::DecoderFiles(const fs::path& folder, const DecoderConfig& config)
{
    open(folder);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const auto& tensors = std::as_const(m_files[i]).tensors();
        for (const TensorView& tensor : tensors) {
            const std::string_view name = tensor.name;
            m_places.emplace(name.starts_with("model.") ? name.substr(6) : name, Place { &tensor, i });
        }
    }
    check(folder, config);
}

void DecoderFiles::open(const fs::path& folder)
{
    if (Message missing = missingWeights(folder); !missing.empty())
        fail(std::move(missing));
    if (isSharded(folder))
        return openShards(folder / kIndex);
    m_paths.push_back((folder / kSingle).string());
    m_files.push_back(SafetensorsFile::open(folder / kSingle));
}

void DecoderFiles::openShards(const fs::path& index)
{
    for (const std::string& shard : shardsOf(index)) {
        const fs::path path = index.parent_path() / shard;
        m_paths.push_back(path.string());
        m_files.push_back(SafetensorsFile::open(path));
    }
}

void DecoderFiles::check(const fs::path& folder, const DecoderConfig& config)
{
    std::string listed;
    std::size_t wrong = 0;
    const auto add = [&](const std::string& difference) {
        if (++wrong <= kListed)
            listed += (listed.empty() ? "" : "; ") + difference;
    };
    for (const DecoderTensor& expected : config.tensors()) {
        const auto found = m_places.find(expected.name);
        if (found == m_places.end())
            add(expected.name + " is missing");
        else if (found->second.tensor->shape != expected.shape)
            add(expected.name + " is " + shapeText(found->second.tensor->shape) + ", not " + shapeText(expected.shape));
        else if (const Dtype type = found->second.tensor->dtype;
                 type != Dtype::F16 && type != Dtype::BF16 && type != Dtype::F32)
            add(expected.name + " is of type " + std::string(dtypeName(type)));
    }
    for (const std::string& name : unexpected(config))
        add(name + " is too much");
    if (wrong > kListed)
        listed += "; …";
    if (wrong > 0)
        fail(message(NABIZ_TEXT("Message", "The weights in %1 are not those of its config.json, in %2 tensors: %3."),
            folder.string(), std::to_string(wrong), listed));
}

// In the layers that are computed; those of layers beyond are counted. Old files hold the rotations' frequencies, which
// follow from the config.
std::vector<std::string> DecoderFiles::unexpected(const DecoderConfig& config)
{
    std::set<std::string, std::less<>> expected;
    for (const DecoderTensor& tensor : config.tensors())
        expected.insert(tensor.name);
    std::vector<std::string> names;
    for (const auto& [name, place] : m_places) {
        if (!name.starts_with("layers.") || expected.contains(name) || name.ends_with("rotary_emb.inv_freq"))
            continue;
        std::int64_t layer = 0;
        const char* const end = name.data() + name.size();
        const auto read = std::from_chars(name.data() + 7, end, layer);
        if (read.ec == std::errc() && layer >= config.layers)
            ++m_unused;
        else
            names.push_back(name);
    }
    return names;
}

const TensorView& DecoderFiles::tensor(std::string_view name) const
{
    return *m_places.find(name)->second.tensor;
}

std::string DecoderFiles::fileOf(std::string_view name) const
{
    return m_paths[m_places.find(name)->second.file];
}

Message missingModelFile(const fs::path& folder)
{
    std::error_code error;
    if (!fs::exists(folder / "config.json", error))
        return message(NABIZ_TEXT("Message",
                           "%1 cannot be read: set language.path to the folder that holds the model's config.json "
                           "and its safetensors."),
            (folder / "config.json").string());
    return missingWeights(folder);
}

namespace {

// Empty where the folder that language.path means holds all files.
Message whyNotThere(const std::string& written, const fs::path& folder)
{
    std::error_code error;
    const auto name = fs::exists(wholePath(written), error) ? std::nullopt : parseModelName(written);
    if (!name)
        return {};
    if (!fs::is_directory(folder, error))
        return notInCache(*name);
    const Message missing = missingModelFile(folder);
    return missing.empty()
        ? Message()
        : message(NABIZ_TEXT("Message",
                      "The weights %1 are not whole in the cache: fetch the rest with `nabiz weights get "
                      "%1`. (%2)"),
              name->text(), missing.english());
}

bool needsWeights(const Config& config)
{
    const auto& experts = config.list("model.expert_types");
    return !config.text("language.path").empty()
        && std::find(experts.begin(), experts.end(), "language") != experts.end();
}

Problem unusedTensors(const DecoderConfig& shape, std::int64_t count)
{
    return { .severity = Severity::Note,
        .key = "language.path",
        .message = message(NABIZ_TEXT("Message",
                               "%1 tensors of the weights are not used: they are of further layers, and config.json "
                               "(num_hidden_layers) counts %2."),
            std::to_string(count), std::to_string(shape.layers)) };
}

} // namespace

std::string missingModel(const Config& config)
{
    const std::string& written = config.text("language.path");
    return needsWeights(config) && !whyNotThere(written, languageFolder(written)).empty()
        ? parseModelName(written)->text()
        : std::string();
}

std::vector<Problem> languagePathProblems(const Config& config)
{
    const std::string& written = config.text("language.path");
    if (!needsWeights(config))
        return {};
    const fs::path folder = languageFolder(written);
    Message why = whyNotThere(written, folder);
    if (why.empty()) {
        const auto shape = readDecoderConfig(folder / "config.json");
        if (const Message* const reason = std::get_if<Message>(&shape))
            why = *reason;
        try {
            if (const auto* const read = std::get_if<DecoderConfig>(&shape)) {
                const DecoderFiles files(folder, *read);
                return files.unusedTensors() == 0 ? std::vector<Problem>()
                                                  : std::vector { unusedTensors(*read, files.unusedTensors()) };
            }
        } catch (const TrainError& error) {
            why = error.message();
        }
    }
    std::vector<Problem> problems { { .key = "language.path",
        .message = why,
        .remedy = Remedy { "language.path", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } } };
    if (config.text("language.stand_in").empty())
        problems.push_back({ .key = "language.stand_in",
            .message = message(NABIZ_TEXT("Message",
                "Without language weights a stand-in is needed: its weights are random, but memory and speed are real.")),
            .remedy = Remedy { "language.stand_in", std::string("hidden=128,layers=2"),
                message(NABIZ_TEXT("Message", "Use stand-in")) } });
    return problems;
}

} // namespace nabiz::trainer
