// SPDX-License-Identifier: GPL-3.0-or-later
// A file's bytes, read where they lie: only what is looked at takes room, and the system may take that back. Never a
// database. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

namespace nabiz::storage {

class MappedFile {
public:
    // Nothing where it cannot be opened, or is not of this size.
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& file, std::size_t bytes);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const std::byte* data() const { return static_cast<const std::byte*>(m_data); }
    std::size_t size() const { return m_size; }
    // The room that its pages take goes back; they come again when they are looked at.
    void letGo() const;

private:
    MappedFile(void* data, std::size_t size)
        : m_data(data)
        , m_size(size)
    {
    }

    void* m_data;
    std::size_t m_size;
};

} // namespace nabiz::storage
