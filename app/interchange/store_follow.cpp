// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/store_follow.h"
#include "app/interchange/inbox/inbox_store.h"

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

const StoreFormat& inbox()
{
    static const StoreFormat format = inboxFormat();
    return format;
}

} // namespace

StoreFollower::StoreFollower(std::vector<fs::path> folders, storage::Recorder& recorder)
    : m_folders(std::move(folders))
    , m_recorder(recorder)
{
}

ImportReport StoreFollower::look(bool isAll)
{
    ImportReport report;
    findNew(report);
    for (auto& [path, followed] : m_stores)
        read(followed, isAll, report);
    return report;
}

void StoreFollower::findNew(ImportReport& report)
{
    std::error_code error; // what is not there yet may come
    const auto own = inboxOf(m_recorder.file());
    if (fs::is_directory(own, error))
        add({ &inbox(), own, own.filename().string() });
    for (const auto& folder : m_folders) {
        const auto stores = findStores(folder);
        if (stores.empty())
            skip(folder.string(),
                fs::exists(folder, error) ? "it holds no store that Nabız reads" : "there is no such file or folder",
                report);
        for (const auto& store : stores) {
            const bool isOurs = store.path == own || store.path.parent_path() == own; // read with the inbox
            if (!isOurs)
                add(store);
        }
    }
}

void StoreFollower::add(const FoundStore& store)
{
    m_stores.try_emplace(store.path, Followed { store, nullptr, {} });
}

void StoreFollower::read(Followed& followed, bool isAll, ImportReport& report)
{
    constexpr int kTries = 3; // somebody else may take in the same all the while
    try {
        for (int i = 0; i < kTries && !readOnce(followed, isAll, report); ++i)
            followed.reader.reset();
    } catch (const StoreError& error) {
        followed.reader.reset();
        skip(followed.store.path.string(), error.what(), report);
    } catch (...) {
        followed.reader.reset(); // it has given what was not stored
        throw;
    }
}

bool StoreFollower::readOnce(Followed& followed, bool isAll, ImportReport& report)
{
    if (!followed.reader)
        followed.reader = followed.store.format->open(followed.store.path, followed.store.label);
    for (auto& run : followed.reader->read(isAll)) {
        const auto key = run.originalId + '\n' + run.path;
        const auto known = followed.points.find(key);
        if (!run.isWhole && known != followed.points.end())
            run.pointsBefore = known->second;
        if (run.damaged > 0)
            skip(run.path,
                std::to_string(run.damaged) + " records of the run '" + run.originalId
                    + "' could not be read; the rest is kept",
                report);
        const auto before = report.runs.size();
        if (!keepRun(std::move(run), isAll, &m_recorder, report))
            return false;
        if (report.runs.size() > before)
            followed.points[key] = report.runs.back().outcome.points;
    }
    return true;
}

void StoreFollower::skip(const std::string& path, const std::string& reason, ImportReport& report)
{
    if (m_said.emplace(path, reason).second)
        report.skipped.push_back({ path, reason });
}

} // namespace nabiz::app
