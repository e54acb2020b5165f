// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/page_file.h"
#include "storage/records/storage_error.h"
#include "storage/schema/schema.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::uint32_t, 8> kPageSizes { 512, 1024, 2048, 4096, 8192, 16'384, 32'768, 65'536 };
constexpr char kMagic[] = "SQLite format 3"; // with the zero behind it
constexpr std::size_t kHeaderBytes = 100;
constexpr int kMostVersions = 1000; // a larger one is damage

std::uint32_t word(const std::uint8_t* bytes)
{
    return static_cast<std::uint32_t>(number(bytes, 4));
}

// Whether it begins as a page of a tree does.
bool beginsLikeATree(const std::uint8_t* page, std::uint32_t pageSize)
{
    const bool isInterior = page[0] == 2 || page[0] == 5;
    if (!isInterior && page[0] != 10 && page[0] != 13)
        return false;
    const auto cells = number(page + 3, 2);
    const auto content = number(page + 5, 2) == 0 ? 65'536 : number(page + 5, 2);
    return cells > 0 && (isInterior ? 12U : 8U) + 2 * cells <= content && content < pageSize;
}

// The sums of the log: each block of eight bytes goes into both.
class LogSum {
public:
    explicit LogSum(bool isBig)
        : m_isBig(isBig)
    {
    }
    void add(const std::uint8_t* bytes, std::size_t count)
    {
        for (std::size_t at = 0; at + 8 <= count; at += 8) {
            m_first += value(bytes + at) + m_second;
            m_second += value(bytes + at + 4) + m_first;
        }
    }
    bool is(const std::uint8_t* stored) const { return word(stored) == m_first && word(stored + 4) == m_second; }

private:
    std::uint32_t value(const std::uint8_t* bytes) const
    {
        return m_isBig ? word(bytes)
                       : bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8
                | static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
    }

    const bool m_isBig;
    std::uint32_t m_first = 0, m_second = 0;
};

} // namespace

std::uint64_t number(const std::uint8_t* bytes, int count)
{
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | bytes[i];
    return value;
}

// A file that SQLite has opened for us, as bytes.
class PageFile::Source {
public:
    Source(const fs::path& path, int kind)
        : m_name(sqlite3_create_filename(path.c_str(), "", "", 0, nullptr))
    {
        sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
        m_memory.resize(static_cast<std::size_t>(system->szOsFile) / sizeof(std::max_align_t) + 1);
        m_file = reinterpret_cast<sqlite3_file*>(m_memory.data());
        const int result = system->xOpen(system, m_name, m_file, SQLITE_OPEN_READONLY | kind, nullptr);
        if (result != SQLITE_OK) {
            close();
            throw StorageError(StorageErrorKind::Io, path.string(), sqlite3_errstr(result));
        }
    }
    ~Source() { close(); }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    std::uint64_t size() const
    {
        sqlite3_int64 bytes = 0;
        return m_file->pMethods->xFileSize(m_file, &bytes) == SQLITE_OK ? static_cast<std::uint64_t>(bytes) : 0;
    }
    // What is not there is zero. False when nothing could be read.
    bool read(std::uint64_t at, std::uint8_t* into, std::size_t count) const
    {
        const int result
            = m_file->pMethods->xRead(m_file, into, static_cast<int>(count), static_cast<sqlite3_int64>(at));
        return result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ;
    }

private:
    void close()
    {
        if (m_file && m_file->pMethods)
            m_file->pMethods->xClose(m_file);
        sqlite3_free_filename(m_name);
    }

    std::vector<std::max_align_t> m_memory;
    const char* m_name;
    sqlite3_file* m_file = nullptr;
};

PageFile::PageFile(const fs::path& file)
{
    std::error_code error; // opening it says why
    const auto status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found)
        throw StorageError(StorageErrorKind::Missing, file.string(), {});
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is not a regular file");
    m_file = std::make_unique<Source>(file, SQLITE_OPEN_MAIN_DB);
    m_size = m_file->size();
    m_pageSize = likelyPageSize();
    readHeader();
    m_count = static_cast<PageNumber>((m_size + m_pageSize - 1) / m_pageSize);
    const fs::path log = file.string() + "-wal";
    if (const auto size = fs::file_size(log, error); !error && size > 0) {
        m_log = std::make_unique<Source>(log, SQLITE_OPEN_WAL);
        readLog(log);
    }
}

PageFile::~PageFile() = default;

void PageFile::readHeader()
{
    std::array<std::uint8_t, kHeaderBytes> bytes {};
    m_file->read(0, bytes.data(), bytes.size());
    const auto pageSize = number(bytes.data() + 16, 2) == 1 ? 65'536 : number(bytes.data() + 16, 2);
    const bool isMarked = std::memcmp(bytes.data(), kMagic, sizeof kMagic) == 0;
    m_header.isWhole = isMarked && pageSize == m_pageSize && bytes[21] == 64 && bytes[22] == 32 && bytes[23] == 32;
    m_header.application = static_cast<int>(word(bytes.data() + 68));
    const auto version = word(bytes.data() + 60);
    m_header.version = version <= kMostVersions ? static_cast<int>(version) : 0;
    m_header.firstFree = m_header.isWhole ? word(bytes.data() + 32) : 0;
    m_usable = m_pageSize - (m_header.isWhole ? bytes[20] : 0);
}

// How many bytes are pages of trees if they were so large; of a large file a part is looked at.
std::uint64_t PageFile::covered(std::uint32_t pageSize) const
{
    constexpr std::uint64_t kSamples = 4000;
    const std::uint64_t pages = m_size / pageSize;
    const std::uint64_t step = std::max<std::uint64_t>(1, pages / kSamples);
    std::array<std::uint8_t, 12> begin {};
    std::uint64_t found = 0;
    for (std::uint64_t page = 1; page < pages; page += step) { // the first begins otherwise
        m_file->read(page * pageSize, begin.data(), begin.size());
        found += beginsLikeATree(begin.data(), pageSize) ? 1 : 0;
    }
    return found * step * pageSize;
}

// A page twice as large begins like one of its true size, and one half as large does every second time.
std::uint32_t PageFile::likelyPageSize() const
{
    std::array<std::uint64_t, kPageSizes.size()> bytes {};
    std::transform(kPageSizes.begin(), kPageSizes.end(), bytes.begin(), [this](auto size) { return covered(size); });
    const std::uint64_t most = *std::max_element(bytes.begin(), bytes.end());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (most > 0 && bytes[i] * 10 > most * 8)
            return kPageSizes[i];
    }
    return 4096; // SQLite's own choice
}

// Up to the last frame that ends a transaction and whose sums, which run through all of the log, are right.
void PageFile::readLog(const fs::path& log)
{
    constexpr std::size_t kLogHeader = 32;
    constexpr std::size_t kFrameHeader = 24;
    std::array<std::uint8_t, kLogHeader> header {};
    m_log->read(0, header.data(), header.size());
    const auto magic = word(header.data());
    LogSum sum(magic == 0x377f0683);
    sum.add(header.data(), 24);
    if ((magic & ~1U) != 0x377f0682 || word(header.data() + 8) != m_pageSize || !sum.is(header.data() + 24))
        return;
    std::error_code error;
    const std::uint64_t size = fs::file_size(log, error);
    Bytes frame(kFrameHeader + m_pageSize);
    std::map<PageNumber, std::uint64_t> open;
    for (std::uint64_t at = kLogHeader; !error && at + frame.size() <= size; at += frame.size()) {
        if (!m_log->read(at, frame.data(), frame.size()))
            return;
        sum.add(frame.data(), 8);
        sum.add(frame.data() + kFrameHeader, m_pageSize);
        if (std::memcmp(frame.data() + 8, header.data() + 16, 8) != 0 || !sum.is(frame.data() + 16))
            return;
        open[word(frame.data())] = at + kFrameHeader;
        if (const PageNumber pages = word(frame.data() + 4); pages > 0) {
            m_logged.merge(open);
            for (const auto& [page, place] : open)
                m_logged[page] = place;
            open.clear();
            m_count = pages;
        }
    }
}

bool PageFile::read(PageNumber page, Bytes& into) const
{
    into.assign(m_pageSize, 0);
    if (const auto logged = m_logged.find(page); logged != m_logged.end())
        return m_log->read(logged->second, into.data(), into.size());
    const std::uint64_t at = static_cast<std::uint64_t>(page - 1) * m_pageSize;
    return page > 0 && at < m_size && m_file->read(at, into.data(), into.size());
}

} // namespace nabiz::storage
