// SPDX-License-Identifier: GPL-3.0-or-later
// Where the Hugging Face cache lies and which folder in it a model's name means. Nabız reads and fills the same cache
// as the Python libraries do, so that no weights are fetched or kept twice. Only looks at names and links; any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

// Qwen/Qwen3-0.6B, or Qwen/Qwen3-0.6B@REVISION: a branch, a tag or a commit of 40 digits.
struct ModelName {
    std::string repo;
    std::string revision = "main";

    std::string text() const; // without @main
};

// nullopt for what is no such name, which may well be a path.
std::optional<ModelName> parseModelName(std::string_view written);
bool isCommitHash(std::string_view text); // 40 digits in lower-case hexadecimal

// HF_HOME, else huggingface in XDG_CACHE_HOME or ~/.cache. Empty where there is no home.
std::filesystem::path hubHome();
// HF_HUB_CACHE, else hub in the above.
std::filesystem::path hubCache();
// models--Qwen--Qwen3-0.6B in it.
std::filesystem::path cachedModelFolder(const std::filesystem::path& cache, const std::string& repo);
// The commit that the cache has for the name; whether its files are all there is another question.
std::optional<std::string> cachedCommit(const std::filesystem::path& cache, const ModelName& model);

// The folder that language.path means: one that is there, else that of a model in the cache, else the path as written
// and made whole. Empty for empty.
std::filesystem::path languageFolder(const std::string& written);
// As a record names it: a path made whole, or a model of the cache with the commit that is used.
std::string recordedLanguagePath(const std::string& written);

} // namespace nabiz::trainer
