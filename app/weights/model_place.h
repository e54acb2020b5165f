// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files of a model lie: in the Hugging Face cache in its own layout (contents under their hash, a commit's
// names as links to them, a branch as the commit it stood at), or in a plain folder. Half-fetched files lie beside them
// as FILE.incomplete, where the Python library looks for its own too. One thread at a time.
#pragma once

#include "app/weights/hub_model.h"

#include <functional>

namespace nabiz::app {

class ModelPlace {
public:
    static ModelPlace inCache(const std::filesystem::path& cache, const HubModel& model);
    static ModelPlace inFolder(const std::filesystem::path& folder);

    // In which a reader finds the files by their names.
    const std::filesystem::path& folder() const { return m_folder; }
    // That `file` is there, whole. In a plain folder it is read for that, since its name does not say what is in it;
    // throws TrainError{BadInput} for one of that name that is another.
    bool has(const HubFile& file, const std::function<void()>& interrupted) const;
    std::filesystem::path partial(const HubFile& file) const;
    std::filesystem::path whole(const HubFile& file) const;
    // Gives what is whole its name.
    void name(const HubFile& file) const;
    // The opposite, with the folders that are empty then; the content is removed with it where it is nobody else's.
    void takeBack(const HubFile& file, bool withContent) const;
    // All files have their names.
    void finish(const HubModel& model) const;
    // Of the disk, in bytes; throws FetchError with both figures where `needed` are not free.
    void checkSpace(std::int64_t needed) const;

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_blobs; // empty for a plain folder
    std::filesystem::path m_refs;

    friend class ContentLock;
    std::filesystem::path lockOf(const HubFile& file) const;
    std::filesystem::path m_locks;
};

// Held while a content comes, so that two programs (Python's too) do not write the same one. Where locks do not work,
// as on some network disks, there is none.
class ContentLock {
public:
    // Waits for others; `waiting` is called between two looks, and throws to give up.
    ContentLock(const ModelPlace& place, const HubFile& file, const std::function<void()>& waiting);
    ~ContentLock();
    ContentLock(const ContentLock&) = delete;
    ContentLock& operator=(const ContentLock&) = delete;

private:
    int m_file = -1;
};

} // namespace nabiz::app
