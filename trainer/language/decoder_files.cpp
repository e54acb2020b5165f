// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder_files.h"

#include "trainer/base/train_error.h"
#include "trainer/config/parameters/whole_paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>
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
    std::error_code error;
    if (fs::exists(folder / kIndex, error))
        return openShards(folder / kIndex);
    if (!fs::exists(folder / kSingle, error))
        fail(message(NABIZ_TEXT("Message",
                         "%1 holds no %2 and no %3: set language.path to the folder with the model's weights."),
            folder.string(), kSingle, kIndex));
    m_paths.push_back((folder / kSingle).string());
    m_files.push_back(SafetensorsFile::open(folder / kSingle));
}

void DecoderFiles::openShards(const fs::path& index)
{
    std::string missing;
    for (const std::string& shard : shardsOf(index)) {
        std::error_code error;
        const fs::path path = index.parent_path() / shard;
        if (!fs::exists(path, error)) {
            missing += (missing.empty() ? "" : ", ") + shard;
            continue;
        }
        m_paths.push_back(path.string());
        m_files.push_back(SafetensorsFile::open(path));
    }
    if (!missing.empty())
        fail(message(
            NABIZ_TEXT("Message", "%1 names files that are not there: %2. Fetch them too."), index.string(), missing));
}

void DecoderFiles::check(const fs::path& folder, const DecoderConfig& config) const
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
    if (wrong > kListed)
        listed += "; …";
    if (wrong > 0)
        fail(message(NABIZ_TEXT("Message", "The weights in %1 are not those of its config.json, in %2 tensors: %3."),
            folder.string(), std::to_string(wrong), listed));
}

const TensorView& DecoderFiles::tensor(std::string_view name) const
{
    return *m_places.find(name)->second.tensor;
}

std::string DecoderFiles::fileOf(std::string_view name) const
{
    return m_paths[m_places.find(name)->second.file];
}

std::vector<Problem> languagePathProblems(const Config& config)
{
    const std::string path = wholePath(config.text("language.path"));
    const auto& experts = config.list("model.expert_types");
    if (path.empty() || std::find(experts.begin(), experts.end(), "language") == experts.end())
        return {};
    Message why;
    const auto shape = decoderConfigOf(config);
    if (const Message* const reason = std::get_if<Message>(&shape)) {
        why = *reason;
    } else {
        try {
            const DecoderFiles files(path, std::get<DecoderConfig>(shape));
            return {};
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
