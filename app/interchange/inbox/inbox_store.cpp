// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/inbox/inbox_store.h"
#include "app/interchange/inbox/inbox_file.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kEnding = "-inbox";

struct Run {
    std::map<fs::path, std::unique_ptr<InboxFile>> files;
    InboxLives lives;
    storage::ImportedRun about; // name, note and tags, as they were told last
    std::optional<storage::RunStatus> status; // as it was given last
    bool isGiven = false;
};

struct Judged {
    storage::RunStatus status = storage::RunStatus::Running;
    const InboxFile* writing = nullptr; // of the living one
};

// One that lives and has not ended keeps the run running. Else what the last of them say, the worst first: those that
// an earlier training left before the last began tell nothing.
Judged judge(const Run& run)
{
    using enum storage::RunStatus;
    double latest = -std::numeric_limits<double>::infinity();
    for (const auto& [path, file] : run.files) {
        if (!file->exitCode() && file->writer().isAlive())
            return { Running, file.get() };
        latest = std::isfinite(file->firstTime()) ? std::max(latest, file->firstTime()) : latest;
    }
    Judged judged { Finished };
    for (const auto& [path, file] : run.files) {
        if (file->lastTime() < latest)
            continue;
        if (!file->exitCode())
            judged.status = Interrupted;
        else if (*file->exitCode() != 0 && judged.status == Finished)
            judged.status = Failed;
    }
    return judged;
}

void sortByTime(storage::ImportedRun& run)
{
    for (auto& series : run.series) {
        std::stable_sort(series.points.begin(), series.points.end(), [](const auto& a, const auto& b) {
            if (a.life != b.life)
                return a.life < b.life;
            return std::isfinite(a.wall) && std::isfinite(b.wall) && a.wall < b.wall;
        });
    }
}

class Inbox final : public StoreReader {
public:
    explicit Inbox(const fs::path& path)
        : m_path(path)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        lookForFiles();
        std::vector<storage::ImportedRun> runs;
        for (auto& [id, run] : m_runs) {
            storage::ImportedRun now { .source = "inbox", .originalId = id, .path = folder().string() };
            now.name = run.about.name.empty() ? id : run.about.name;
            now.note = run.about.note;
            now.tags = run.about.tags;
            if (readRun(run, now))
                runs.push_back(std::move(now));
        }
        return runs;
    }

private:
    bool isFile() const
    {
        std::error_code error;
        return fs::is_regular_file(m_path, error);
    }
    fs::path folder() const { return isFile() ? m_path.parent_path() : m_path; }

    void lookForFiles()
    {
        std::vector<fs::path> paths;
        std::error_code error; // then there is nothing new
        if (isFile()) {
            paths.push_back(m_path);
        } else {
            for (auto it = fs::directory_iterator(m_path, error); !error && it != fs::directory_iterator();
                 it.increment(error))
                paths.push_back(it->path());
        }
        for (const auto& path : paths) {
            std::error_code ignored; // what cannot be looked at is none
            if (path.extension() != ".jsonl" || m_known.contains(path) || !fs::is_regular_file(path, ignored))
                continue;
            auto file = std::make_unique<InboxFile>(path);
            if (const auto id = file->id()) {
                m_known.emplace(path, *id);
                m_runs[*id].files.emplace(path, std::move(file));
            }
        }
    }

    static std::vector<std::pair<fs::path, InboxFile*>> byBegin(const Run& run)
    {
        std::vector<std::pair<fs::path, InboxFile*>> files;
        for (const auto& [path, file] : run.files)
            files.emplace_back(path, file.get());
        std::ranges::stable_sort(files, [](const auto& a, const auto& b) {
            return a.second->began() < b.second->began(); // false where one of them does not tell
        });
        return files;
    }

    static void lookAround(Run& run, const InboxFile* file)
    {
        run.lives.othersLive = false;
        run.lives.othersLast = storage::kNoWallTime;
        for (const auto& [path, other] : run.files) {
            if (other.get() == file || !std::isfinite(other->lastTime()))
                continue;
            run.lives.othersLive = run.lives.othersLive || (!other->exitCode() && other->writer().isAlive());
            run.lives.othersLast = std::fmax(run.lives.othersLast, other->lastTime());
        }
    }

    // Whether there is anything to say of it.
    static bool readRun(Run& run, storage::ImportedRun& now)
    {
        const bool isReplaced
            = std::any_of(run.files.begin(), run.files.end(), [](const auto& one) { return one.second->isReplaced(); });
        if (isReplaced) {
            run.lives = {};
            for (auto& [path, file] : run.files) {
                file = std::make_unique<InboxFile>(path);
                file->id();
            }
        }
        now.isWhole = isReplaced || !run.isGiven;
        std::map<const InboxFile*, bool> wasAlive; // before it was read: what it then wrote has been read
        for (const auto& [path, file] : run.files)
            wasAlive[file.get()] = file->writer().isAlive();
        SeriesOf series(now);
        bool hasMore = false;
        for (const auto& [path, file] : byBegin(run)) {
            try {
                lookAround(run, file);
                hasMore |= file->read(now, series, run.lives);
            } catch (const StoreError&) {
                std::error_code error; // a file that was taken away has nothing more
                if (fs::exists(path, error))
                    throw;
            }
        }
        auto judged = judge(run);
        // Of one that went between the two looks there may be more: the next time tells.
        if (judged.status == storage::RunStatus::Interrupted
            && std::any_of(wasAlive.begin(), wasAlive.end(), [](const auto& one) { return one.second; }))
            judged.status = storage::RunStatus::Running;
        if (!hasMore && run.isGiven && judged.status == run.status)
            return false;
        if (run.files.size() > 1)
            sortByTime(now);
        tell(run, judged, now);
        run.about.name = now.name;
        run.about.note = now.note;
        run.about.tags = now.tags;
        run.status = judged.status;
        run.isGiven = true;
        return true;
    }

    static void tell(const Run& run, const Judged& judged, storage::ImportedRun& now)
    {
        now.status = judged.status;
        if (judged.writing)
            now.writer = judged.writing->writer();
        for (const auto& [path, file] : run.files) {
            if (std::isfinite(file->firstTime()))
                now.started = std::min(now.started.value_or(file->firstTime()), file->firstTime());
            if (!storage::isLive(judged.status) && std::isfinite(file->lastTime()))
                now.ended = std::max(now.ended.value_or(file->lastTime()), file->lastTime());
        }
        if (judged.status == storage::RunStatus::Interrupted)
            now.failure = "The program ended while the run was running.";
        else if (judged.status == storage::RunStatus::Failed)
            now.failure = "The script ended with an error.";
    }

    const fs::path m_path;
    std::map<fs::path, std::string> m_known; // the run of each file
    std::map<std::string, Run> m_runs;
};

bool isInbox(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return isInboxFile(path);
    if (!path.filename().string().ends_with(kEnding))
        return false;
    for (auto it = fs::directory_iterator(path, error); !error && it != fs::directory_iterator(); it.increment(error)) {
        if (isInboxFile(it->path()))
            return true;
    }
    return false;
}

std::unique_ptr<StoreReader> openInbox(const fs::path& path, const std::string&)
{
    return std::make_unique<Inbox>(path);
}

} // namespace

StoreFormat inboxFormat()
{
    return { "inbox", isInbox, openInbox, ownsAll };
}

fs::path inboxOf(const fs::path& database)
{
    std::error_code error; // then it is as it was written
    const fs::path inbox = database.string() + std::string(kEnding);
    const auto whole = fs::weakly_canonical(inbox, error);
    return error ? fs::absolute(inbox).lexically_normal() : whole;
}

} // namespace nabiz::app
