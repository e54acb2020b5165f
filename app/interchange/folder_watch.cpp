// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/folder_watch.h"
#include "storage/schema/network_mount.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kPoll = std::chrono::milliseconds(500);
constexpr auto kLookAtAll = std::chrono::seconds(10);
constexpr auto kGather = std::chrono::milliseconds(50); // what comes together is looked at together
constexpr int kDeepest = 32;
constexpr int kFirstWrites = 20; // after which a file is what it is
constexpr std::uint32_t kMask
    = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kCameOrWent = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF;

} // namespace

FolderWatch::FolderWatch(std::vector<fs::path> roots)
    : m_roots(std::move(roots))
    , m_awaited(m_roots.begin(), m_roots.end())
    , m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    , m_wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_isPolling(m_inotify < 0)
    , m_lookedAtAll(Clock::now())
{
    watchRoots();
}

FolderWatch::~FolderWatch()
{
    for (const int descriptor : { m_inotify, m_wake }) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

void FolderWatch::watchRoots()
{
    for (auto root = m_awaited.begin(); root != m_awaited.end();) {
        std::error_code error;
        if (!fs::exists(*root, error)) {
            ++root;
            continue;
        }
        m_isPolling = m_isPolling || !storage::networkMountOf(*root / "x").empty();
        watch(fs::is_directory(*root, error) ? *root : root->parent_path(), 0);
        root = m_awaited.erase(root);
    }
}

// As the search for stores goes: neither into hidden folders nor through links.
void FolderWatch::watch(const fs::path& folder, int depth)
{
    if (m_isPolling || depth > kDeepest)
        return;
    const int number = ::inotify_add_watch(m_inotify, folder.c_str(), kMask);
    if (number < 0) {
        m_isPolling = errno == ENOSPC || errno == ENOMEM; // else it cannot be looked into, or has gone
        return;
    }
    m_watched[number] = folder;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error)) {
        std::error_code ignored;
        if (it->is_directory(ignored) && !it->is_symlink(ignored) && !it->path().filename().string().starts_with('.'))
            watch(it->path(), depth + 1);
    }
}

// A file is made empty, and what it is shows only with what is written to it first.
bool FolderWatch::isStillNew(const inotify_event& event, const fs::path& folder)
{
    if (event.len == 0 || (event.mask & IN_ISDIR) != 0)
        return false;
    const auto file = folder / event.name;
    if ((event.mask & IN_CREATE) != 0)
        m_fresh[file] = kFirstWrites;
    const auto fresh = m_fresh.find(file);
    if (fresh == m_fresh.end())
        return false;
    if (--fresh->second <= 0 || (event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0)
        m_fresh.erase(fresh);
    return true;
}

// Whether there was any.
bool FolderWatch::readEvents(Changes& changes)
{
    alignas(inotify_event) std::array<char, 64UL * 1024> buffer {};
    bool any = false;
    for (ssize_t count = 0; (count = ::read(m_inotify, buffer.data(), buffer.size())) > 0;) {
        any = true;
        for (ssize_t at = 0; at < count;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            const auto folder = m_watched.find(event->wd);
            if ((event->mask & IN_Q_OVERFLOW) != 0)
                changes.isAll = changes.hasNew = true;
            if (folder == m_watched.end())
                continue;
            const auto path = folder->second;
            changes.hasNew = changes.hasNew || (event->mask & kCameOrWent) != 0;
            changes.folders.insert(path);
            changes.hasNew = changes.hasNew || isStillNew(*event, path);
            if ((event->mask & IN_ISDIR) != 0 && (event->mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
                changes.folders.insert(path / event->name); // what came before it was watched
                watch(path / event->name, 1);
            }
            if ((event->mask & IN_IGNORED) != 0)
                m_watched.erase(event->wd);
            if ((event->mask & IN_DELETE_SELF) != 0 && std::ranges::find(m_roots, path) != m_roots.end())
                m_awaited.insert(path);
        }
    }
    return any;
}

FolderWatch::Changes FolderWatch::wait(const std::stop_token& stop, std::chrono::milliseconds most)
{
    const auto end = Clock::now() + most;
    const std::stop_callback waker(stop, [this] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto count = ::write(m_wake, &one, sizeof(one)); // full: it wakes already
    });
    Changes changes { .isAll = false, .hasNew = false, .folders = {} };
    while (!stop.stop_requested() && Clock::now() < end) {
        const bool isPolling = m_isPolling || !m_awaited.empty();
        auto rest = std::min(m_lookedAtAll + kLookAtAll, end) - Clock::now();
        if (isPolling)
            rest = std::min<Clock::duration>(rest, kPoll);
        std::array<pollfd, 2> waiting { { { m_wake, POLLIN, 0 }, { m_inotify, POLLIN, 0 } } };
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(rest, Clock::duration(0)));
        ::poll(waiting.data(), m_inotify < 0 ? 1 : 2, static_cast<int>(wait.count()));
        if (stop.stop_requested())
            break;
        const auto awaited = m_awaited.size();
        watchRoots();
        changes.isAll = m_isPolling || m_awaited.size() != awaited || Clock::now() >= m_lookedAtAll + kLookAtAll;
        changes.hasNew = changes.isAll;
        if (m_inotify >= 0 && readEvents(changes)) {
            pollfd stopped { m_wake, POLLIN, 0 };
            ::poll(&stopped, 1, static_cast<int>(kGather.count()));
            readEvents(changes);
        }
        if (changes.isAll)
            m_lookedAtAll = Clock::now();
        if (changes.isAll || !changes.folders.empty())
            return changes;
    }
    return { .isAll = false, .hasNew = false, .folders = {} };
}

} // namespace nabiz::app
