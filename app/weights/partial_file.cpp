// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/partial_file.h"

#include "app/weights/fetch_error.h"
#include "trainer/base/output_file.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::message;

PartialFile::PartialFile(fs::path path)
    : m_path(std::move(path))
{
    trainer::refuseKept(m_path);
    std::error_code none;
    const auto size = fs::file_size(m_path, none);
    m_size = none ? 0 : static_cast<std::int64_t>(size);
}

PartialFile::~PartialFile()
{
    if (m_file >= 0)
        ::close(m_file);
}

void PartialFile::open()
{
    if (m_file >= 0)
        return;
    std::error_code error;
    fs::create_directories(m_path.parent_path(), error);
    // Not through a link that another program has put there.
    m_file = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (m_file < 0)
        fail(error ? error.value() : errno);
}

void PartialFile::append(std::string_view bytes)
{
    open();
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        m_size += written;
    }
}

void PartialFile::clear()
{
    if (m_size == 0)
        return;
    open();
    if (::ftruncate(m_file, 0) != 0)
        fail(errno);
    m_size = 0;
}

void PartialFile::remove()
{
    std::error_code ignored; // it is said why it goes, and whoever comes next begins anew
    fs::remove(m_path, ignored);
    if (m_file >= 0)
        ::close(std::exchange(m_file, -1));
    m_size = 0;
}

void PartialFile::moveTo(const fs::path& place)
{
    open(); // also one that was whole before, or of no bytes
    trainer::refuseKept(place);
    if (::fsync(m_file) != 0)
        fail(errno);
    std::error_code error;
    fs::rename(m_path, place, error);
    if (error)
        fail(error.value());
    trainer::syncFolder(place.parent_path());
}

void PartialFile::fail(int error)
{
    const bool isFull = error == ENOSPC || error == EFBIG || error == EDQUOT;
    if (isFull)
        remove();
    const std::string reason = std::error_code(error, std::generic_category()).message();
    throw FetchError(isFull
            ? message(NABIZ_TEXT("Message",
                          "%1 could not be written: %2. What was there of it is removed. Make room, or "
                          "choose another place with HF_HUB_CACHE or --to."),
                  m_path.string(), reason)
            : message(
                  NABIZ_TEXT("Message", "%1 could not be written: %2. Choose another place with HF_HUB_CACHE or --to."),
                  m_path.string(), reason));
}

} // namespace nabiz::app
