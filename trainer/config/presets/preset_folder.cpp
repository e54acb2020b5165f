// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/preset_folder.h"

#include "trainer/base/free_name.h"
#include "trainer/base/kept_files.h"
#include "trainer/base/train_error.h"

#include <algorithm>
#include <system_error>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr const char* kTrash = ".trash";

[[noreturn]] void refuse(Message why)
{
    throw TrainError(TrainErrorKind::BadInput, std::move(why));
}

bool exists(const PresetStore& store, const std::string& name)
{
    const auto all = store.list();
    return std::ranges::any_of(all, [&](const Preset& preset) { return preset.name == name; });
}

// A person's own, where it lies.
fs::path ownFile(const PresetStore& store, const std::string& name)
{
    for (const Preset& preset : store.list()) {
        if (preset.name != name)
            continue;
        if (preset.shipped)
            refuse(message(NABIZ_TEXT("Message",
                               "The preset %1 comes with the program and stays. Save it under a name of your own."),
                name));
        return preset.path;
    }
    refuse(message(NABIZ_TEXT("Message", "There is no preset %1 of your own. `nabiz presets` lists them."), name));
}

void refuseWhereExtended(const PresetStore& store, const std::string& name)
{
    std::string names;
    for (const std::string& one : extendedBy(store, name))
        names += (names.empty() ? "" : ", ") + one;
    if (!names.empty())
        refuse(message(NABIZ_TEXT("Message", "The preset %1 is extended by %2. Let these extend another one first."),
            name, names));
}

void moveFile(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error)
        fs::rename(from, to, error);
    if (error)
        throw unwritable(to, error);
}

} // namespace

std::vector<std::string> extendedBy(const PresetStore& store, const std::string& name)
{
    std::vector<std::string> names;
    for (const Preset& preset : store.list()) {
        if (!preset.shipped && preset.name != name && preset.document.extends() == name)
            names.push_back(preset.name);
    }
    return names;
}

void renamePreset(const PresetStore& store, const std::string& name, const std::string& other)
{
    const fs::path file = ownFile(store, name);
    if (exists(store, other))
        refuse(message(NABIZ_TEXT("Message", "There is a preset %1 already. Choose another name."), other));
    refuseWhereExtended(store, name);
    if (other.empty() || other.front() == '.' || other.find('/') != std::string::npos
        || other.find('\0') != std::string::npos)
        refuse(message(NABIZ_TEXT("Message",
                           "A preset cannot be called '%1'. Choose a name without / that does not begin with a dot."),
            other));
    moveFile(file, file.parent_path() / (other + ".yaml"));
}

fs::path trashPreset(const PresetStore& store, const std::string& name)
{
    const fs::path file = ownFile(store, name);
    refuseWhereExtended(store, name);
    const fs::path folder = file.parent_path() / kTrash;
    const std::string free = freeName(name, [&](const std::string& taken) {
        std::error_code error;
        return fs::exists(folder / (taken + ".yaml"), error);
    });
    const fs::path trashed = folder / (free + ".yaml");
    moveFile(file, trashed);
    std::error_code ignored; // the newest is found again
    fs::last_write_time(trashed, fs::file_time_type::clock::now(), ignored);
    return trashed;
}

std::string restorePreset(const PresetStore& store, const fs::path& trashed)
{
    const std::string free
        = freeName(trashed.stem().string(), [&](const std::string& name) { return exists(store, name); });
    moveFile(trashed, trashed.parent_path().parent_path() / (free + ".yaml"));
    return free;
}

fs::path findTrashed(const fs::path& folder, const std::string& name)
{
    fs::path newest;
    fs::file_time_type when;
    std::error_code error;
    for (fs::directory_iterator i(folder / kTrash, error), end; !error && i != end; i.increment(error)) {
        const std::string stem = i->path().stem().string();
        const bool isIt = stem == name
            || (stem.starts_with(name + "-")
                && stem.find_first_not_of("0123456789", name.size() + 1) == std::string::npos);
        std::error_code unread;
        const auto changed = fs::last_write_time(i->path(), unread);
        if (isIt && !unread && (newest.empty() || changed > when)) {
            newest = i->path();
            when = changed;
        }
    }
    return newest;
}

PresetDocument presetOfRun(const PresetStore& store, const std::string& runName, const std::string& presetText,
    const std::vector<std::pair<std::string, std::string>>& declared)
{
    const std::string file = runName + ".yaml";
    PresetDocument document = PresetDocument::parse(presetText, file);
    const Config config = store.parse(document.text(), file).config;
    // What the run declared counts, whatever its text says: a command line may have overridden it.
    for (const auto& [key, value] : declared) {
        const Override given = parseOverride(key + "=" + value);
        const Parameter* row = findParameter(key);
        if (row && !row->derived && !given.problem && config.value(given.key) != given.value)
            document = document.withValue(given.key, given.value);
    }
    return document;
}

} // namespace nabiz::trainer
