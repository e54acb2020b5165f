// SPDX-License-Identifier: GPL-3.0-or-later
// Storage's one exception: a kind, which the window translates, the file, and SQLite's own words.
// A value, thrown and caught on the thread that used the database.
#pragma once

#include <stdexcept>
#include <string>

namespace nabiz::storage {

enum class StorageErrorKind {
    NotADatabase,
    ForeignDatabase,
    Newer,
    ReadOnly,
    Full,
    Busy,
    Missing,
    Damaged,
    NetworkMount, // the detail is its kind, as NFS
    Io
};

class StorageError : public std::runtime_error {
public:
    // The sentence names the file and the remedy.
    StorageError(StorageErrorKind kind, std::string file, std::string detail);

    StorageErrorKind kind() const { return m_kind; }
    const std::string& file() const { return m_file; }
    const std::string& detail() const { return m_detail; }

private:
    StorageErrorKind m_kind;
    std::string m_file;
    std::string m_detail;
};

} // namespace nabiz::storage
