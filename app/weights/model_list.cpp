// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/model_list.h"

#include "app/weights/model_check.h"
#include "trainer/base/train_error.h"
#include "trainer/config/parameters/hub_cache.h"
#include "trainer/language/decoder_files.h"

#include <algorithm>
#include <fstream>
#include <map>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "models--";

// What cannot be looked into holds nothing.
template <typename Iterator> std::vector<fs::path> pathsIn(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code error;
    for (Iterator it(folder, error), end; !error && it != end; it.increment(error))
        paths.push_back(it->path());
    std::ranges::sort(paths);
    return paths;
}

std::map<std::string, std::vector<std::string>> revisionsByCommit(const fs::path& refs)
{
    std::map<std::string, std::vector<std::string>> revisions;
    for (const fs::path& path : pathsIn<fs::recursive_directory_iterator>(refs)) {
        std::ifstream stream(path);
        std::string commit;
        if (stream >> commit)
            revisions[commit].push_back(path.lexically_relative(refs).string());
    }
    return revisions;
}

std::int64_t bytesOf(const std::vector<fs::path>& files)
{
    std::int64_t bytes = 0;
    for (const fs::path& file : files) {
        std::error_code error;
        const auto size = fs::file_size(file, error);
        bytes += error ? 0 : static_cast<std::int64_t>(size);
    }
    return bytes;
}

trainer::Message whyNotComputed(const fs::path& folder, std::string& architecture)
{
    try {
        if (trainer::Message missing = trainer::missingModelFile(folder); !missing.empty())
            return missing;
    } catch (const trainer::TrainError& error) { // an index that is none
        return error.message();
    }
    trainer::Message whyNot;
    architecture = architectureName(folder, whyNot);
    return whyNot;
}

std::vector<ListedModel> listRepo(const fs::path& folder)
{
    std::string repo = folder.filename().string().substr(kPrefix.size());
    if (const auto dashes = repo.find("--"); dashes != std::string::npos)
        repo.replace(dashes, 2, "/");
    auto blobs = pathsIn<fs::directory_iterator>(folder / "blobs");
    std::erase_if(blobs, [](const fs::path& path) { return path.extension() != ".incomplete"; });
    const std::int64_t partial = bytesOf(blobs);
    auto revisions = revisionsByCommit(folder / "refs");
    std::vector<ListedModel> models;
    for (const fs::path& snapshot : pathsIn<fs::directory_iterator>(folder / "snapshots")) {
        ListedModel model { .repo = repo, .commit = snapshot.filename().string(), .folder = snapshot };
        model.revisions = revisions[model.commit];
        model.bytes = bytesOf(pathsIn<fs::recursive_directory_iterator>(snapshot));
        model.partialBytes = partial;
        model.whyNot = whyNotComputed(snapshot, model.architecture);
        models.push_back(std::move(model));
    }
    if (models.empty() && partial > 0)
        models.push_back({ .repo = repo,
            .folder = folder,
            .partialBytes = partial,
            .whyNot = trainer::message(NABIZ_TEXT("Message", "Only a part of it has been fetched.")) });
    return models;
}

} // namespace

std::vector<ListedModel> listModels(const fs::path& cache)
{
    std::vector<ListedModel> models;
    for (const fs::path& folder : pathsIn<fs::directory_iterator>(cache)) {
        if (folder.filename().string().starts_with(kPrefix))
            std::ranges::move(listRepo(folder), std::back_inserter(models));
    }
    return models;
}

} // namespace nabiz::app
