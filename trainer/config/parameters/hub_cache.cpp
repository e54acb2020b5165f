// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/hub_cache.h"

#include "trainer/config/parameters/whole_paths.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestPart = 96; // as the hub allows

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Letters, digits and - _ . with none of the dots that a path would obey.
bool isNamePart(std::string_view part)
{
    return !part.empty() && part.size() <= kLongestPart && part.find("..") == std::string_view::npos
        && part.find("--") == std::string_view::npos
        && std::ranges::all_of(part, [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'; })
        && isLetterOrDigit(part.front()) && part.back() != '.' && part.back() != '-';
}

bool isRevision(std::string_view text)
{
    if (text.empty() || text.front() == '/' || text.back() == '/' || text.find("..") != std::string_view::npos)
        return false;
    return std::ranges::all_of(
        text, [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '/'; });
}

fs::path variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value && *value ? fs::path(wholePath(value)) : fs::path();
}

std::optional<ModelName> nameInCache(const std::string& written)
{
    std::error_code error;
    return fs::exists(wholePath(written), error) ? std::nullopt : parseModelName(written);
}

} // namespace

std::string ModelName::text() const
{
    return revision == "main" ? repo : repo + '@' + revision;
}

std::optional<ModelName> parseModelName(std::string_view written)
{
    const auto at = written.find('@');
    const std::string_view repo = written.substr(0, at);
    const auto slash = repo.find('/');
    if (slash == std::string_view::npos || !isNamePart(repo.substr(0, slash)) || !isNamePart(repo.substr(slash + 1)))
        return std::nullopt;
    ModelName name { .repo = std::string(repo) };
    if (at == std::string_view::npos)
        return name;
    name.revision = written.substr(at + 1);
    return isRevision(name.revision) ? std::optional(name) : std::nullopt;
}

bool isCommitHash(std::string_view text)
{
    return text.size() == 40
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

fs::path hubHome()
{
    if (fs::path home = variable("HF_HOME"); !home.empty())
        return home;
    if (fs::path cache = variable("XDG_CACHE_HOME"); !cache.empty())
        return cache / "huggingface";
    const fs::path home = variable("HOME");
    return home.empty() ? fs::path() : home / ".cache" / "huggingface";
}

fs::path hubCache()
{
    for (const char* name : { "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE" }) {
        if (fs::path cache = variable(name); !cache.empty())
            return cache;
    }
    const fs::path home = hubHome();
    return home.empty() ? fs::path() : home / "hub";
}

fs::path cachedModelFolder(const fs::path& cache, const std::string& repo)
{
    std::string name = "models--" + repo;
    name.replace(name.find('/'), 1, "--");
    return cache / name;
}

std::optional<std::string> cachedCommit(const fs::path& cache, const ModelName& model)
{
    if (cache.empty())
        return std::nullopt;
    const fs::path folder = cachedModelFolder(cache, model.repo);
    std::string commit = model.revision;
    if (!isCommitHash(commit)) {
        std::ifstream stream(folder / "refs" / model.revision);
        commit.clear();
        stream >> commit;
    }
    std::error_code error;
    return isCommitHash(commit) && fs::is_directory(folder / "snapshots" / commit, error) ? std::optional(commit)
                                                                                          : std::nullopt;
}

fs::path languageFolder(const std::string& written)
{
    if (const auto name = nameInCache(written)) {
        const fs::path cache = hubCache();
        if (const auto commit = cachedCommit(cache, *name))
            return cachedModelFolder(cache, name->repo) / "snapshots" / *commit;
    }
    return wholePath(written);
}

std::string recordedLanguagePath(const std::string& written)
{
    const auto name = nameInCache(written);
    if (!name)
        return wholePath(written);
    const auto commit = cachedCommit(hubCache(), *name);
    return commit ? ModelName { .repo = name->repo, .revision = *commit }.text() : written;
}

} // namespace nabiz::trainer
