// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/kept_files.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <system_error>

#include <sys/stat.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

struct Kept {
    std::mutex mutex;
    std::set<fs::path> databases, inputs; // absolute
};

Kept& kept()
{
    static Kept all;
    return all;
}

void keep(std::set<fs::path> Kept::*list, const fs::path& file)
{
    std::error_code error; // without a working folder a relative path leads nowhere, for us as for an output
    const fs::path absolute = fs::absolute(file, error);
    const std::lock_guard lock(kept().mutex);
    (kept().*list).insert(error ? file : absolute);
}

struct Identity {
    dev_t device;
    ino_t number;
    bool operator==(const Identity&) const = default;
};

std::optional<Identity> identity(const fs::path& path)
{
    struct stat facts { };
    if (::stat(path.c_str(), &facts) != 0)
        return std::nullopt;
    return Identity { facts.st_dev, facts.st_ino };
}

bool isSame(const fs::path& a, const fs::path& b)
{
    const auto first = identity(a);
    return first && first == identity(b);
}

// Some file systems tell no capitals apart, and nobody else calls a file like a database but for them.
std::string folded(std::string name)
{
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name;
}

// What SQLite and Nabız put beside a database, by what follows its name.
constexpr const char* kFiles[] = { "", "-wal", "-shm", "-journal" };
constexpr const char* kFolders[] = { "-checkpoints", "-inbox" };

// The database itself, or what belongs to it, whether it is there yet or not.
bool isPartOf(const fs::path& database, const fs::path& path)
{
    const std::string base = database.filename().string();
    const std::string name = folded(path.filename().string());
    // Points that could not be written wait beside the database or, on a full disk, in another folder.
    if (name.starts_with(folded(base) + "-unwritten-"))
        return true;
    const bool beside = isSame(database.parent_path(), path.parent_path());
    if (beside && name.starts_with(folded(base) + "-schema-")) // as it was before it was brought up to date
        return true;
    const auto isCalled = [&](const char* ending) {
        return (beside && name == folded(base + ending)) || isSame(database.parent_path() / (base + ending), path);
    };
    return std::ranges::any_of(kFolders, isCalled) || std::ranges::any_of(kFiles, isCalled);
}

bool belongsTo(const fs::path& database, const fs::path& target)
{
    std::error_code unreachable; // then it goes by its own name alone
    const fs::path real = fs::weakly_canonical(database, unreachable);
    for (fs::path path = target; path.has_relative_path(); path = path.parent_path()) {
        if (isPartOf(database, path) || (!unreachable && isPartOf(real, path)))
            return true;
    }
    return false;
}

} // namespace

void keepDatabase(const fs::path& file)
{
    keep(&Kept::databases, file);
}

void keepInput(const fs::path& file)
{
    keep(&Kept::inputs, file);
}

bool isDatabase(const fs::path& file)
{
    std::set<fs::path> databases;
    {
        const std::lock_guard lock(kept().mutex);
        databases = kept().databases;
    }
    return std::ranges::any_of(databases, [&](const fs::path& database) {
        return std::ranges::any_of(
            kFiles, [&](const char* ending) { return isSame(database.string() + ending, file); });
    });
}

fs::path linkedTarget(const fs::path& path)
{
    constexpr int kMostLinks = 40; // as Linux has it
    std::error_code error;
    fs::path target = fs::absolute(path, error);
    for (int links = 0; !error && links <= kMostLinks; ++links) {
        // What cannot be looked at is no link; opening it says why.
        if (fs::symlink_status(target, error).type() != fs::file_type::symlink)
            return target;
        target = target.parent_path() / fs::read_symlink(target, error);
    }
    throw unwritable(path, error ? error : std::make_error_code(std::errc::too_many_symbolic_link_levels));
}

Message whyKept(const fs::path& output, Replaceable what)
{
    if (what == Replaceable::Checkpoints)
        return {};
    std::set<fs::path> databases, inputs;
    {
        const std::lock_guard lock(kept().mutex);
        databases = kept().databases;
        inputs = kept().inputs;
    }
    std::error_code unreachable; // then writing there fails by itself
    const fs::path target = fs::weakly_canonical(linkedTarget(output), unreachable);
    for (const fs::path& database : databases) {
        if (isSame(database, target))
            return message(
                NABIZ_TEXT("Message", "%1 is the database: nothing may be written in its place. Name another file."),
                output.string());
        if (belongsTo(database, target))
            return message(NABIZ_TEXT("Message",
                               "%1 belongs to the database %2: nothing may be written in its place. Name another one."),
                output.string(), database.string());
    }
    for (const fs::path& input : inputs) {
        if (what == Replaceable::Outputs && isSame(input, target))
            return message(
                NABIZ_TEXT("Message", "%1 has been read: nothing may be written in its place. Name another file."),
                output.string());
    }
    return {};
}

TrainError unwritable(const fs::path& path, const std::error_code& error)
{
    return TrainError(TrainErrorKind::Io,
        message(NABIZ_TEXT(
                    "Message", "%1 cannot be written: %2. Choose a folder that exists, may be written and has room."),
            path.string(), error.message()));
}

void refuseKept(const fs::path& output, Replaceable what)
{
    if (Message why = whyKept(output, what); !why.empty())
        throw TrainError(TrainErrorKind::BadInput, std::move(why));
}

} // namespace nabiz::trainer
