// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/storage_error.h"
#include "storage/run_store.h"

#include <algorithm>
#include <cstdlib>

namespace nabiz::storage {

namespace {

std::filesystem::path environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

std::filesystem::path defaultDatabase()
{
    if (const auto file = environment("NABIZ_DB"); !file.empty())
        return databasePath(file.string());
    const auto inside = std::filesystem::path("nabiz") / "nabiz.db";
    // A relative XDG folder is to be ignored, says the XDG base directory specification.
    if (const auto data = environment("XDG_DATA_HOME"); data.is_absolute())
        return data / inside;
    if (const auto home = environment("HOME"); !home.empty())
        return home / ".local" / "share" / inside;
    throw StorageError(StorageErrorKind::Missing, "nabiz.db",
        "neither HOME nor XDG_DATA_HOME is set: name the file with --db or NABIZ_DB");
}

std::filesystem::path databasePath(const std::string& written)
{
    const auto home = environment("HOME");
    const bool isAtHome = written == "~" || written.starts_with("~/");
    return isAtHome && !home.empty() ? home / written.substr(std::min<std::size_t>(2, written.size()))
                                     : std::filesystem::path(written);
}

} // namespace nabiz::storage
