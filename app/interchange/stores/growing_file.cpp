// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/store_reader.h"
#include "trainer/base/kept_files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <sys/stat.h>

namespace nabiz::app {

namespace {

struct State {
    std::pair<std::uint64_t, std::uint64_t> identity;
    std::uint64_t size = 0;
};

std::optional<State> stateOf(const std::filesystem::path& path)
{
    struct stat status { };
    if (::stat(path.c_str(), &status) != 0)
        return std::nullopt;
    return State { { status.st_dev, status.st_ino }, static_cast<std::uint64_t>(status.st_size) };
}

} // namespace

std::size_t GrowingFile::read(std::string& buffer, std::size_t most)
{
    const auto state = stateOf(m_path);
    if (!state)
        throw StoreError(std::string("it cannot be read: ") + std::strerror(errno));
    std::error_code error;
    if (!std::filesystem::is_regular_file(m_path, error))
        throw StoreError("it is no regular file");
    if (trainer::isDatabase(m_path))
        throw StoreError("it is the database itself");
    if (state->size <= m_offset)
        return 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(m_path.c_str(), "rb"), std::fclose);
    if (!file || ::fseeko(file.get(), static_cast<off_t>(m_offset), SEEK_SET) != 0)
        throw StoreError(std::string("it cannot be read: ") + std::strerror(errno));
    m_identity = state->identity;
    const auto before = buffer.size();
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(most, state->size - m_offset));
    buffer.resize(before + wanted);
    const auto count = std::fread(buffer.data() + before, 1, wanted, file.get());
    buffer.resize(before + count);
    m_offset += count;
    return count;
}

bool GrowingFile::isReplaced() const
{
    const auto state = stateOf(m_path);
    return state && m_offset > 0 && (state->identity != m_identity || state->size < m_offset);
}

void GrowingFile::restart()
{
    m_offset = 0;
}

std::string fileText(const std::filesystem::path& path, std::size_t most)
{
    GrowingFile file(path);
    std::string text;
    while (text.size() < most && file.read(text, most - text.size()) > 0) { }
    return text;
}

std::string fileTextOrNone(const std::filesystem::path& path, std::size_t most)
{
    try {
        return fileText(path, most);
    } catch (const StoreError&) {
        return {};
    }
}

} // namespace nabiz::app
