// SPDX-License-Identifier: GPL-3.0-or-later
// What a hub says of a model at one commit: its files with their sizes and hashes, and its licence. Of the files only
// those are known here that Nabız or a tokenizer reads; names and hashes become paths, and are checked before. Values.
#pragma once

#include "trainer/config/parameters/hub_cache.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nabiz::app {

struct HubFile {
    std::string name; // without folders
    std::optional<std::int64_t> size;
    std::string digest; // SHA-256, or git's hash of small files; empty where the hub does not say it
};

struct HubModel {
    trainer::ModelName name;
    std::string commit;
    std::string licence; // as its page names it; empty where it does not
    std::vector<HubFile> files; // in the order in which they are fetched: small ones first

    const HubFile* find(const std::string& name) const;
};

// Of the hub's JSON. Throws FetchError for what is no such answer, TrainError{BadInput} for a model without
// safetensors.
HubModel readHubModel(const trainer::ModelName& name, const std::string& json, const std::string& host);
// The files that an index of safetensors names. Throws FetchError.
std::set<std::string> indexedShards(const std::filesystem::path& index);

inline constexpr const char* kConfigFile = "config.json";
inline constexpr const char* kWeightsFile = "model.safetensors";
inline constexpr const char* kIndexFile = "model.safetensors.index.json";

bool isWeights(const std::string& file);
bool isLicence(const std::string& file);

} // namespace nabiz::app
