// SPDX-License-Identifier: GPL-3.0-or-later
// Waits until something changes in folders and all below them: by inotify, and by looking twice a second where there is
// none, on a disk of another machine, or where the folder is not there yet. What inotify does not tell, such as what is
// written through memory, is looked for every ten seconds. One thread; a stop wakes it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>
#include <vector>

struct inotify_event;

namespace nabiz::app {

class FolderWatch {
public:
    struct Changes {
        bool isAll = true; // anything may have changed
        bool hasNew = true; // files or folders came or went
        std::set<std::filesystem::path> folders; // else in these
    };

    explicit FolderWatch(std::vector<std::filesystem::path> roots);
    ~FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;

    // Changes since the last call; none after that time, or at a stop.
    Changes wait(const std::stop_token& stop, std::chrono::milliseconds most);

private:
    void watchRoots();
    void watch(const std::filesystem::path& folder, int depth);
    bool readEvents(Changes& changes);
    bool isStillNew(const inotify_event& event, const std::filesystem::path& folder);

    const std::vector<std::filesystem::path> m_roots;
    std::set<std::filesystem::path> m_awaited; // roots that are not there yet, or have gone
    std::map<int, std::filesystem::path> m_watched;
    std::map<std::filesystem::path, int> m_fresh; // files that were made: writes to look at yet
    int m_inotify = -1;
    int m_wake = -1;
    bool m_isPolling = false;
    std::chrono::steady_clock::time_point m_lookedAtAll;
};

} // namespace nabiz::app
