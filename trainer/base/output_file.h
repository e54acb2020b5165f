// SPDX-License-Identifier: GPL-3.0-or-later
// The one way in which a file is written: beside its place, synced, then renamed over what was there, so that a full
// disk, a failure or a kill leave the old one as it was. Never over what KeptFiles names. One thread at a time.
#pragma once

#include "trainer/base/kept_files.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace nabiz::trainer {

// Whether what is written is brought to the disk at once, or by whoever calls syncFile() before anybody relies on it.
enum class Sync { Now, Later };

// A link keeps pointing at the file it points at; a file that was there keeps its permissions, a new one has the
// umask's. What is no regular file (a pipe, a device, /dev/stdout whatever it leads to) is written to directly. All
// throw TrainError.
class OutputFile {
public:
    explicit OutputFile(const std::filesystem::path& path, Replaceable what = Replaceable::Outputs);
    // Leaves no trace of what was not committed.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view bytes);
    void commit(Sync sync = Sync::Now);
    // Where it lies until then; empty for a stream. What a library puts there by that name is committed like the rest.
    const std::filesystem::path& aside() const { return m_aside; }
    // Written to directly: nothing is put in the place of anything.
    bool isStream() const { return m_aside.empty(); }
    bool isTerminal() const;

private:
    void open();
    void openAside(const std::filesystem::path& target);
    void writeAll(std::string_view bytes);
    void flush();
    void discard();
    [[noreturn]] void fail(int error) const;

    const std::filesystem::path m_path; // as given
    const Replaceable m_what;
    std::filesystem::path m_target; // what it leads to
    std::filesystem::path m_aside;
    int m_file = -1;
    std::string m_buffer;
};

// Throws TrainError where the disk did not take it.
void syncFile(const std::filesystem::path& file);
// New names in it are safe then; some file systems cannot sync a folder, and lose nothing by it.
void syncFolder(const std::filesystem::path& folder);

// All of it at once.
void writeFile(const std::filesystem::path& path, std::string_view bytes, Replaceable what = Replaceable::Outputs);

} // namespace nabiz::trainer
