// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a database file as they lie on the disk, with those that its log has committed in their place, in
// whatever state they are (https://www.sqlite.org/fileformat2.html). Read through SQLite's own layer of files, which
// keeps the locks of this process as they are; nothing is written. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

struct sqlite3_file;

namespace nabiz::storage {

using PageNumber = std::uint32_t; // from 1 on
using Bytes = std::vector<std::uint8_t>;

class PageFile {
public:
    // Throws StorageError where there is no file to be read.
    explicit PageFile(const std::filesystem::path& file);
    ~PageFile();
    PageFile(const PageFile&) = delete;
    PageFile& operator=(const PageFile&) = delete;

    // What the first page says of the file; of a header that is damaged only what can be true.
    struct Header {
        bool isWhole = false;
        int version = 0; // user_version; 0 = not known
        int application = 0;
        PageNumber firstFree = 0;
    };
    const Header& header() const { return m_header; }
    std::uint32_t usable() const { return m_usable; } // bytes of a page
    PageNumber count() const { return m_count; }
    std::uint64_t size() const { return m_size; } // of the file
    // False where there are no bytes of it. A page that the file ends in is filled up with zeros.
    bool read(PageNumber number, Bytes& page) const;

private:
    class Source;

    void readHeader();
    std::uint32_t likelyPageSize() const;
    std::uint64_t covered(std::uint32_t pageSize) const;
    void readLog(const std::filesystem::path& log);

    std::unique_ptr<Source> m_file, m_log;
    Header m_header;
    std::uint64_t m_size = 0;
    std::uint32_t m_pageSize = 0;
    std::uint32_t m_usable = 0;
    PageNumber m_count = 0;
    std::map<PageNumber, std::uint64_t> m_logged; // where in the log
};

// Big-endian, as all of the format.
std::uint64_t number(const std::uint8_t* bytes, int count);

} // namespace nabiz::storage
