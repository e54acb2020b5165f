// SPDX-License-Identifier: GPL-3.0-or-later
// The models of the Hugging Face cache, whoever fetched them: commits, sizes, what is not whole, and which of them
// Nabız computes. Reads configs and names alone. Any thread.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::app {

struct ListedModel {
    std::string repo;
    std::string commit; // empty where nothing but parts of contents is there
    std::vector<std::string> revisions; // branches and tags that stand at it
    std::filesystem::path folder;
    std::int64_t bytes = 0; // of its files, shared contents too
    std::int64_t partialBytes = 0; // of contents of the repo that are half fetched
    std::string architecture; // empty: not one that is computed
    trainer::Message whyNot; // why it cannot be trained with; empty when it can
};

// By name and commit. A cache that is not there has none.
std::vector<ListedModel> listModels(const std::filesystem::path& cache);

} // namespace nabiz::app
