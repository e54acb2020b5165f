// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a folder of weights is what it says: a shape that Nabız computes, every tensor there and finite, and, in the
// Hugging Face cache, every content the one that its hash names. Reads all of it. Any thread.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nabiz::app {

struct CheckedFile {
    std::string name;
    std::int64_t bytes = 0;
    bool hasKnownHash = false; // of the cache, and it was compared
};

struct CheckedModel {
    std::string architecture; // llama, qwen2, qwen3; empty where it could not be read
    std::int64_t layers = 0;
    std::int64_t hidden = 0;
    std::int64_t weights = 0; // that are read
    std::int64_t unusedTensors = 0; // of layers that the config does not count
    std::vector<CheckedFile> files; // by name
    std::vector<trainer::Message> problems;
};

// `interrupted` is asked between pieces and throws to end it.
CheckedModel checkModel(const std::filesystem::path& folder, const std::function<void()>& interrupted);

// As config.json names it.
std::string architectureName(const std::filesystem::path& folder, trainer::Message& whyNot);

} // namespace nabiz::app
