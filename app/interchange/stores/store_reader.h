// SPDX-License-Identifier: GPL-3.0-or-later
// What a format of another program gives: how its stores are known, and a reader of one, which may still grow. Each
// format has a folder of its own beside this one, and a row in app/interchange/store_formats.cpp. Any thread, one at a
// time a reader.
#pragma once

#include "storage/records/imported_run.h"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

// A store that cannot be read at all; the sentence is for people, English, and names no path.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class StoreReader {
public:
    virtual ~StoreReader() = default;
    // The first call gives all there is, the later ones what has come since; runs without anything new are left out.
    // What is cut or damaged is left out and counted. `isAll`: it is not waited for more, so that a last line of text
    // that lacks its end is taken as it is. Throws StoreError.
    virtual std::vector<storage::ImportedRun> read(bool isAll) = 0;
};

struct StoreFormat {
    std::string_view source; // as run.source has it
    // Whether this file or folder is a store. Opens no more than its first bytes.
    bool (*isStore)(const std::filesystem::path& path);
    // `label`: what a person would call it, for a run that has no name of its own.
    std::unique_ptr<StoreReader> (*open)(const std::filesystem::path& path, const std::string& label);
    // What lies within the folder and belongs to it, so that it is no store of its own.
    bool (*owns)(const std::filesystem::path& store, const std::filesystem::path& inside);
};

inline bool ownsNothing(const std::filesystem::path&, const std::filesystem::path&)
{
    return false;
}

inline bool ownsAll(const std::filesystem::path&, const std::filesystem::path&)
{
    return true;
}

} // namespace nabiz::app
