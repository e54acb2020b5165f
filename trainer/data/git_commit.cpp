// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/git_commit.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

namespace nabiz::trainer {

namespace {

namespace fs = std::filesystem;

constexpr int kMaximumRefs = 8; // a ref may name a ref; a circle of them ends here

std::string firstLine(const fs::path& file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.pop_back();
    return line;
}

bool isCommit(const std::string& text)
{
    return (text.size() == 40 || text.size() == 64) && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

// The git folder of the work tree around `path`: `.git` itself, or what a `.git` file of a linked work tree points at.
std::optional<fs::path> gitFolder(fs::path path)
{
    std::error_code error;
    for (;;) {
        const fs::path git = path / ".git";
        if (fs::is_directory(git, error) && fs::exists(git / "HEAD", error))
            return git;
        if (fs::is_regular_file(git, error)) {
            const std::string line = firstLine(git);
            if (line.rfind("gitdir: ", 0) != 0)
                return std::nullopt;
            const fs::path target = line.substr(8);
            return target.is_absolute() ? target : path / target;
        }
        if (path == path.parent_path())
            return std::nullopt;
        path = path.parent_path();
    }
}

std::string packedRef(const fs::path& file, const std::string& name)
{
    std::ifstream stream(file);
    std::string line;
    while (std::getline(stream, line)) {
        const std::size_t space = line.find(' ');
        if (space != std::string::npos && line.compare(space + 1, std::string::npos, name) == 0)
            return line.substr(0, space);
    }
    return {};
}

} // namespace

std::string gitCommit(const fs::path& path)
{
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error)
        return {};
    const std::optional<fs::path> folder = gitFolder(fs::is_directory(real, error) ? real : real.parent_path());
    if (!folder)
        return {};
    // A linked work tree has its own HEAD and shares the refs of the repository it belongs to.
    fs::path common = *folder;
    if (const std::string line = firstLine(*folder / "commondir"); !line.empty())
        common = fs::path(line).is_absolute() ? fs::path(line) : *folder / line;

    std::string value = firstLine(*folder / "HEAD");
    for (int i = 0; i < kMaximumRefs && value.rfind("ref: ", 0) == 0; ++i) {
        const std::string name = value.substr(5);
        value = firstLine(*folder / name);
        if (value.empty())
            value = firstLine(common / name);
        if (value.empty())
            value = packedRef(common / "packed-refs", name);
    }
    return isCommit(value) ? value : std::string();
}

} // namespace nabiz::trainer
