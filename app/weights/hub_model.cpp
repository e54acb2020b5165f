// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/hub_model.h"

#include "app/weights/digest.h"
#include "app/weights/fetch_error.h"
#include "trainer/base/train_error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace nabiz::app {

using Json = nlohmann::json;
using trainer::message;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr std::array<std::string_view, 9> kTokenizerFiles { "tokenizer.json", "tokenizer_config.json", "vocab.json",
    "vocab.txt", "merges.txt", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
    "chat_template.jinja" };

bool isPlainName(const std::string& name)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
            || c == '.';
    };
    return !name.empty() && name.size() < 200 && name.front() != '.' && std::ranges::all_of(name, isPlain);
}

bool isWanted(const std::string& name)
{
    return isPlainName(name)
        && (name == kConfigFile || name == kIndexFile || isWeights(name) || isLicence(name)
            || std::ranges::find(kTokenizerFiles, name) != kTokenizerFiles.end());
}

std::string textAt(const Json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

HubFile fileOf(const Json& sibling)
{
    HubFile file { .name = textAt(sibling, "rfilename"), .size = std::nullopt, .digest = textAt(sibling, "blobId") };
    const auto take = [&file](const Json& json) {
        if (json.contains("size") && json["size"].is_number_unsigned())
            file.size = json["size"].get<std::int64_t>();
    };
    take(sibling);
    if (sibling.contains("lfs") && sibling["lfs"].is_object()) {
        file.digest = textAt(sibling["lfs"], "sha256");
        take(sibling["lfs"]);
    }
    if (!isDigest(file.digest))
        file.digest.clear();
    return file;
}

std::string licenceOf(const Json& json)
{
    if (json.contains("cardData") && json["cardData"].is_object()) {
        const Json& card = json["cardData"];
        const std::string licence = textAt(card, "license"), name = textAt(card, "license_name");
        if (!licence.empty())
            return licence == "other" && !name.empty() ? name : licence;
    }
    if (json.contains("tags") && json["tags"].is_array()) {
        for (const Json& tag : json["tags"]) {
            if (tag.is_string() && tag.get<std::string>().starts_with("license:"))
                return tag.get<std::string>().substr(8);
        }
    }
    return {};
}

// What says whether the rest is wanted comes first, the weights last.
int rank(const HubFile& file)
{
    return file.name == kConfigFile ? 0 : file.name == kIndexFile ? 1 : isWeights(file.name) ? 3 : 2;
}

void checkWhole(const HubModel& model)
{
    const bool hasWeights = model.find(kWeightsFile) || model.find(kIndexFile);
    if (!model.find(kConfigFile) || !hasWeights)
        throw TrainError(TrainErrorKind::BadInput,
            message(
                NABIZ_TEXT("Message", "%1 holds no %2, which Nabız reads weights from: choose a model that has it."),
                model.name.text(), model.find(kConfigFile) ? kWeightsFile : kConfigFile));
}

} // namespace

const HubFile* HubModel::find(const std::string& file) const
{
    const auto found = std::ranges::find(files, file, &HubFile::name);
    return found == files.end() ? nullptr : &*found;
}

bool isWeights(const std::string& file)
{
    return file == kWeightsFile || (file.starts_with("model") && file.ends_with(".safetensors"));
}

bool isLicence(const std::string& file)
{
    return file.starts_with("LICENSE") || file.starts_with("LICENCE") || file.starts_with("NOTICE");
}

HubModel readHubModel(const trainer::ModelName& name, const std::string& text, const std::string& host)
{
    const Json json = Json::parse(text, nullptr, false);
    HubModel model { .name = name, .commit = json.is_object() ? textAt(json, "sha") : std::string() };
    if (!trainer::isCommitHash(model.commit) || !json.contains("siblings") || !json["siblings"].is_array())
        throw FetchError(message(
            NABIZ_TEXT("Message", "%1 does not answer as a hub does: is it one? Set HF_ENDPOINT to another."), host));
    model.licence = licenceOf(json);
    for (const Json& sibling : json["siblings"]) {
        HubFile file = sibling.is_object() ? fileOf(sibling) : HubFile {};
        if (isWanted(file.name))
            model.files.push_back(std::move(file));
    }
    std::ranges::stable_sort(model.files, {}, rank);
    checkWhole(model);
    return model;
}

std::set<std::string> indexedShards(const std::filesystem::path& index)
{
    std::set<std::string> shards;
    std::ifstream stream(index);
    const Json json = Json::parse(stream, nullptr, false);
    if (json.is_object() && json.contains("weight_map") && json["weight_map"].is_object()) {
        for (const auto& [tensor, file] : json["weight_map"].items())
            shards.insert(file.is_string() ? file.get<std::string>() : std::string());
    }
    if (shards.empty() || !std::ranges::all_of(shards, isPlainName))
        throw FetchError(message(NABIZ_TEXT("Message", "%1 is no index of safetensors."), index.string()));
    return shards;
}

} // namespace nabiz::app
