// SPDX-License-Identifier: GPL-3.0-or-later
// The one place where files of other programs are opened: read from where one stopped, while they grow, are replaced or
// cut. Never the database of this process. Any thread, one at a time an object.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace nabiz::app {

class GrowingFile {
public:
    explicit GrowingFile(std::filesystem::path path)
        : m_path(std::move(path))
    {
    }

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t offset() const { return m_offset; }
    // Appends to `buffer` up to `most` bytes behind what was read before; how many. Throws StoreError when it cannot be
    // opened.
    std::size_t read(std::string& buffer, std::size_t most);
    // Whether another file stands in its place, or it has become shorter than what was read: it begins anew.
    bool isReplaced() const;
    void restart();

private:
    std::filesystem::path m_path;
    std::uint64_t m_offset = 0;
    std::pair<std::uint64_t, std::uint64_t> m_identity {};
};

// All of a small file, or its first `most` bytes. Throws StoreError.
std::string fileText(const std::filesystem::path& path, std::size_t most = 64U << 20U);
// The same, empty when it cannot be read.
std::string fileTextOrNone(const std::filesystem::path& path, std::size_t most = 64U << 20U);

} // namespace nabiz::app
