// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/store_follow.h"
#include "app/interchange/inbox/inbox_store.h"

#include "storage/records/storage_error.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace nabiz::app {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

const StoreFormat& inbox()
{
    static const StoreFormat format = inboxFormat();
    return format;
}

constexpr auto kPause = std::chrono::milliseconds(100); // large folders are not looked through all the time
constexpr auto kLongestPause = std::chrono::seconds(10);
constexpr auto kAgain = std::chrono::seconds(1); // after figures came, more may, or their writer ends

fs::path whole(const fs::path& path)
{
    std::error_code error; // then it is as it was written
    const auto canonical = fs::weakly_canonical(path, error);
    return error ? fs::absolute(path).lexically_normal() : canonical;
}

// Whether what changed may be the store's.
bool concerns(const FolderWatch::Changes& changes, const fs::path& store)
{
    if (changes.isAll || changes.folders.contains(store) || changes.folders.contains(store.parent_path()))
        return true;
    const auto inside = changes.folders.lower_bound(store / "");
    return inside != changes.folders.end() && inside->string().starts_with(store.string() + '/');
}

void rest(Clock::duration time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

StoreFollower::StoreFollower(std::vector<fs::path> folders, storage::Recorder& recorder)
    : m_folders(std::move(folders))
    , m_recorder(recorder)
{
}

ImportReport StoreFollower::look()
{
    return lookAt({}, true, {});
}

ImportReport StoreFollower::lookAt(const FolderWatch::Changes& changes, bool isLast, const std::stop_token& stop)
{
    ImportReport report;
    if (changes.hasNew)
        findNew(report);
    for (auto& [path, followed] : m_stores) {
        if (stop.stop_requested())
            break;
        // Of a new one, its folders may have come at once and told of nothing within.
        if (std::exchange(followed.isNew, false) || followed.store.format == &inbox() || concerns(changes, path))
            read(followed, isLast, report);
    }
    judgeLiving(report);
    return report;
}

void StoreFollower::follow(const std::stop_token& stop, const std::function<void(const ImportReport&)>& told,
    const std::function<void(const std::string&)>& trouble)
{
    std::vector<fs::path> roots { inboxOf(m_recorder.file()) };
    for (const auto& folder : m_folders)
        roots.push_back(whole(folder));
    FolderWatch watch(roots); // before the first look, so that nothing comes between
    FolderWatch::Changes changes;
    std::string said;
    while (!stop.stop_requested()) {
        const auto begun = Clock::now();
        bool hadAny = false;
        try {
            const auto report = lookAt(changes, false, stop);
            hadAny = !report.runs.empty() || !m_living.empty();
            told(report);
            said.clear();
        } catch (const storage::StorageError& error) {
            if (said != error.what())
                trouble(error.what());
            said = error.what();
        }
        rest(std::clamp<Clock::duration>(Clock::now() - begun, kPause, kLongestPause), stop);
        changes = watch.wait(stop, hadAny || !said.empty() ? kAgain : kLongestPause);
        if (!said.empty())
            changes = {};
    }
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
    m_stores.try_emplace(store.path, Followed { store, nullptr, {}, true });
}

void StoreFollower::read(Followed& followed, bool isLast, ImportReport& report)
{
    constexpr int kTries = 3; // somebody else may take in the same all the while
    try {
        for (int i = 0; i < kTries && !readOnce(followed, isLast, report); ++i)
            followed.reader.reset();
    } catch (const StoreError& error) {
        followed.reader.reset();
        skip(followed.store.path.string(), error.what(), report);
    } catch (...) {
        followed.reader.reset(); // it has given what was not stored
        throw;
    }
}

bool StoreFollower::readOnce(Followed& followed, bool isLast, ImportReport& report)
{
    if (!followed.reader)
        followed.reader = followed.store.format->open(followed.store.path, followed.store.label);
    for (auto& run : followed.reader->read(isLast)) {
        const auto key = run.originalId + '\n' + run.path;
        const auto known = followed.points.find(key);
        if (!run.isWhole && known != followed.points.end())
            run.pointsBefore = known->second;
        if (run.damaged > 0)
            skip(run.path,
                std::to_string(run.damaged) + " records of the run '" + run.originalId
                    + "' could not be read; the rest is kept",
                report);
        if (isLast || run.source != "inbox") // whose writers end when it says so
            judge(run, run.source + '\n' + key);
        const auto before = report.runs.size();
        if (!keepRun(std::move(run), &m_recorder, report))
            return false;
        if (report.runs.size() > before)
            followed.points[key] = report.runs.back().outcome.points;
    }
    return true;
}

void StoreFollower::judge(storage::ImportedRun& run, const std::string& key)
{
    const bool tellsEnds = run.status.has_value();
    const auto known = m_living.find(key);
    const double heard
        = std::fmax(lastHeard(run), known == m_living.end() ? storage::kNoWallTime : known->second.heard);
    settle(run, m_writers, heard);
    if (!run.status || !storage::isLive(*run.status) || run.source == "inbox") {
        m_living.erase(key);
        return;
    }
    auto& living = m_living[key];
    living = { run, tellsEnds, heard };
    living.run.status = tellsEnds ? run.status : std::nullopt;
    living.run.isWhole = false;
    living.run.series.clear();
    living.run.texts.clear();
}

void StoreFollower::judgeLiving(ImportReport& report)
{
    for (auto living = m_living.begin(); living != m_living.end();) {
        auto& [run, tellsEnds, heard] = living->second;
        if (run.writer->isAlive() || (run.writer = m_writers.of(run, heard))) {
            ++living;
            continue;
        }
        run.status = tellsEnds ? storage::RunStatus::Interrupted : storage::RunStatus::Finished;
        if (std::isfinite(heard))
            run.ended = heard;
        keepRun(run, &m_recorder, report);
        living = m_living.erase(living);
    }
}

void StoreFollower::skip(const std::string& path, const std::string& reason, ImportReport& report)
{
    if (m_said.emplace(path, reason).second)
        report.skipped.push_back({ path, reason });
}

} // namespace nabiz::app
