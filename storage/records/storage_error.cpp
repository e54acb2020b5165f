// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/storage_error.h"

#include <utility>

namespace nabiz::storage {

namespace {

std::string sentence(StorageErrorKind kind, const std::string& file, const std::string& detail)
{
    std::string quoted(1, '\'');
    quoted.append(file).append(1, '\'');
    const auto end = detail.empty() ? detail : std::string(" (").append(detail).append(")");
    switch (kind) {
    case StorageErrorKind::NotADatabase:
        return quoted + " is not a database of Nabız: name another file, or one that does not exist yet" + end;
    case StorageErrorKind::ForeignDatabase:
        return quoted + " is the database of another program, and was left as it is: name another file" + end;
    case StorageErrorKind::Newer:
        return quoted + " was written by a newer Nabız, and was left as it is: update this one, or name another file"
            + end;
    case StorageErrorKind::ReadOnly:
        return quoted + " cannot be written: allow writing to it and to its folder, or name another file" + end;
    case StorageErrorKind::Full:
        return "There is no room on the disk for " + quoted + ": free some space" + end;
    case StorageErrorKind::Busy:
        return quoted + " is locked by another program: close that program, or wait until it is done" + end;
    case StorageErrorKind::Missing:
        return "There is no database '" + file + "': train a run first, or name another file" + end;
    case StorageErrorKind::Damaged:
        return quoted + " is damaged: restore a copy, or save what can be read with `nabiz rescue FILE`" + end;
    case StorageErrorKind::NetworkMount:
        return quoted
            + " lies on a disk of another machine, where SQLite's log has no memory in common with the others who write: "
              "it can only be read there. Name a file on a disk of this machine"
            + end;
    case StorageErrorKind::Io:
        break;
    }
    return quoted + " cannot be read or written: look at its disk and its folder" + end;
}

} // namespace

StorageError::StorageError(StorageErrorKind kind, std::string file, std::string detail)
    : std::runtime_error(sentence(kind, file, detail))
    , m_kind(kind)
    , m_file(std::move(file))
    , m_detail(std::move(detail))
{
}

} // namespace nabiz::storage
