// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/model_place.h"

#include "app/weights/digest.h"
#include "app/weights/fetch_error.h"
#include "trainer/base/byte_text.h"
#include "trainer/base/output_file.h"

#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::message;

namespace {

constexpr auto kLook = std::chrono::milliseconds(200); // between two looks whether another has ended
constexpr std::int64_t kSpare = 64 << 20; // bytes that are left to others on the disk

[[noreturn]] void fail(const fs::path& path, const std::error_code& error)
{
    throw FetchError(
        message(NABIZ_TEXT("Message", "%1 could not be written: %2. Choose another place with HF_HUB_CACHE or --to."),
            path.string(), error.message()));
}

void makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        fail(folder, error);
}

fs::path nearestThatIs(fs::path path)
{
    std::error_code error;
    while (!path.empty() && path != path.parent_path() && !fs::exists(path, error))
        path = path.parent_path();
    return path;
}

} // namespace

ModelPlace ModelPlace::inCache(const fs::path& cache, const HubModel& model)
{
    const fs::path folder = trainer::cachedModelFolder(cache, model.name.repo);
    ModelPlace place;
    place.m_folder = folder / "snapshots" / model.commit;
    place.m_blobs = folder / "blobs";
    place.m_refs = folder / "refs";
    place.m_locks = cache / ".locks" / folder.filename();
    return place;
}

ModelPlace ModelPlace::inFolder(const fs::path& folder)
{
    ModelPlace place;
    place.m_folder = folder;
    return place;
}

fs::path ModelPlace::whole(const HubFile& file) const
{
    return m_blobs.empty() ? m_folder / file.name : m_blobs / file.digest;
}

fs::path ModelPlace::partial(const HubFile& file) const
{
    return whole(file).string() + ".incomplete";
}

bool ModelPlace::has(const HubFile& file, const std::function<void()>& interrupted) const
{
    const fs::path path = whole(file);
    std::error_code error;
    if (!fs::exists(path, error))
        return false;
    const auto size = fs::file_size(path, error);
    const bool fits = !error && static_cast<std::int64_t>(size) == *file.size;
    if (!m_blobs.empty())
        return fits;
    if (fits && fileDigest(path, digestKind(file.digest), interrupted) == file.digest)
        return true;
    throw trainer::TrainError(trainer::TrainErrorKind::BadInput,
        message(NABIZ_TEXT(
                    "Message", "%1 is there and is another file than the hub's: move it away, or name another folder."),
            path.string()));
}

void ModelPlace::name(const HubFile& file) const
{
    if (m_blobs.empty())
        return;
    makeFolder(m_folder);
    const fs::path link = m_folder / file.name, target = fs::path("../../blobs") / file.digest;
    std::error_code error;
    if (fs::read_symlink(link, error) == target)
        return;
    const fs::path aside = m_folder / (file.name + ".part" + std::to_string(::getpid()));
    fs::remove(aside, error);
    fs::create_symlink(target, aside, error);
    if (!error)
        fs::rename(aside, link, error);
    if (error)
        fail(link, error);
}

void ModelPlace::takeBack(const HubFile& file, bool withContent) const
{
    std::error_code error; // what cannot be removed stays
    fs::remove(m_folder / file.name, error);
    if (withContent && !m_blobs.empty())
        fs::remove(whole(file), error);
    fs::path folder = m_folder;
    for (int above = m_blobs.empty() ? 1 : 2; above > 0 && fs::is_empty(folder, error) && !error; --above) {
        fs::remove(folder, error);
        folder = folder.parent_path();
    }
    if (m_blobs.empty())
        return;
    if (fs::is_empty(m_blobs, error) && !error)
        fs::remove(m_blobs, error);
    if (fs::is_empty(m_blobs.parent_path(), error) && !error)
        fs::remove(m_blobs.parent_path(), error);
}

void ModelPlace::finish(const HubModel& model) const
{
    if (m_blobs.empty() || trainer::isCommitHash(model.name.revision))
        return;
    const fs::path ref = m_refs / model.name.revision;
    makeFolder(ref.parent_path());
    trainer::writeFile(ref, model.commit);
}

void ModelPlace::checkSpace(std::int64_t needed) const
{
    std::error_code error;
    const fs::space_info space = fs::space(nearestThatIs(fs::absolute(m_folder)), error);
    if (error || needed <= 0 || static_cast<std::int64_t>(space.available) >= needed + kSpare)
        return;
    throw FetchError(message(
        NABIZ_TEXT("Message",
            "%1 needs %2 and %3 to spare, and its disk has %4 free: make room, or choose another place with HF_HUB_CACHE "
            "or --to."),
        m_folder.string(), trainer::bytesText(needed), trainer::bytesText(kSpare),
        trainer::bytesText(static_cast<std::int64_t>(space.available))));
}

fs::path ModelPlace::lockOf(const HubFile& file) const
{
    return m_locks.empty() ? fs::path() : m_locks / (file.digest + ".lock");
}

ContentLock::ContentLock(const ModelPlace& place, const HubFile& file, const std::function<void()>& waiting)
{
    const fs::path path = place.lockOf(file);
    if (path.empty())
        return;
    std::error_code ignored; // what is in the way is said by who writes the content
    fs::create_directories(path.parent_path(), ignored);
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    while (m_file >= 0 && ::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return;
        waiting();
        std::this_thread::sleep_for(kLook);
    }
}

ContentLock::~ContentLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

} // namespace nabiz::app
