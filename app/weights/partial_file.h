// SPDX-License-Identifier: GPL-3.0-or-later
// A file that comes in pieces over days: what is there stays when the program ends, and is gone on from. It stands
// under a name of its own until it is whole and checked, then takes its place in one step. It is made with the first
// byte, so that a refusal leaves nothing behind. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace nabiz::app {

class PartialFile {
public:
    // Opens what is there. Throws TrainError{BadInput} where an output may not stand.
    explicit PartialFile(std::filesystem::path path);
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::int64_t size() const { return m_size; }

    // Throw FetchError. A full disk gets its room back: the file is removed.
    void append(std::string_view bytes);
    void clear();
    void remove();
    // On the disk, then in its place.
    void moveTo(const std::filesystem::path& place);

private:
    void open();
    [[noreturn]] void fail(int error);

    std::filesystem::path m_path;
    std::int64_t m_size = 0;
    int m_file = -1;
};

} // namespace nabiz::app
