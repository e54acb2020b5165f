// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/store_formats.h"
#include "app/interchange/csv/csv_store.h"
#include "app/interchange/dvclive/dvclive_store.h"
#include "app/interchange/hf/hf_store.h"
#include "app/interchange/inbox/inbox_store.h"
#include "app/interchange/mlflow/mlflow_store.h"
#include "app/interchange/tensorboard/tensorboard_store.h"
#include "app/interchange/trackio/trackio_store.h"
#include "app/interchange/wandb/wandb_store.h"

#include <algorithm>
#include <array>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr int kDeepest = 32;

const StoreFormat* formatOf(const fs::path& path)
{
    for (const StoreFormat& format : storeFormats()) {
        if (format.isStore(path))
            return &format;
    }
    return nullptr;
}

std::string labelOf(const fs::path& path, const fs::path& root)
{
    const auto relative = path.lexically_relative(root);
    if (relative.empty() || relative == ".")
        return path.filename().string();
    return relative.string();
}

void find(const fs::path& path, const fs::path& root, std::vector<FoundStore> owners, int depth,
    std::vector<FoundStore>& found)
{
    const bool isOwned = std::any_of(
        owners.begin(), owners.end(), [&](const FoundStore& owner) { return owner.format->owns(owner.path, path); });
    if (!isOwned) {
        if (const auto* format = formatOf(path)) {
            found.push_back({ format, path, labelOf(path, root) });
            owners.push_back(found.back());
        }
    }
    std::error_code error; // what cannot be looked into holds nothing for us
    if (!fs::is_directory(path, error) || depth > kDeepest)
        return;
    std::vector<fs::path> inside;
    for (auto it = fs::directory_iterator(path, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error))
        inside.push_back(it->path());
    std::sort(inside.begin(), inside.end());
    for (const fs::path& one : inside) {
        const bool isLinkedFolder = fs::is_symlink(one, error) && fs::is_directory(one, error);
        const bool isHidden = one.filename().string().starts_with('.');
        if (!isLinkedFolder && !isHidden)
            find(one, root, owners, depth + 1, found);
    }
}

} // namespace

// The first that knows a path takes it.
std::span<const StoreFormat> storeFormats()
{
    static const std::array formats {
        mlflowFormat(),
        mlflowFilesFormat(),
        trackioFormat(),
        wandbFormat(),
        dvcliveFormat(),
        tensorboardFormat(),
        trainerStateFormat(),
        inboxFormat(),
        jsonLinesFormat(),
        csvFormat(),
    };
    return formats;
}

std::vector<FoundStore> findStores(const fs::path& path)
{
    std::vector<FoundStore> found;
    std::error_code error; // then it is as it was written
    auto whole = fs::weakly_canonical(path, error);
    if (error)
        whole = fs::absolute(path).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    if (whole == whole.root_path())
        return found; // a search through devices and processes would not come to its end
    find(whole, whole, {}, 0, found);
    return found;
}

} // namespace nabiz::app
