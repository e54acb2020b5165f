// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/export_place.h"
#include "trainer/base/kept_files.h"
#include "trainer/base/output_file.h"

#include <algorithm>
#include <cctype>
#include <cerrno>

#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr const char* kMark = ".nabiz-export";

[[noreturn]] void refuse(const fs::path& path)
{
    throw TrainError(TrainErrorKind::BadInput,
        trainer::message(NABIZ_TEXT("Message",
                             "%1 is neither an empty folder nor an earlier export: nothing is written there. Name "
                             "another place."),
            path.string()));
}

// Goes away unless it has taken its place by then.
class Aside {
public:
    explicit Aside(fs::path path)
        : m_path(std::move(path))
    {
    }
    ~Aside()
    {
        std::error_code ignored; // there is a first error on its way already
        for (const char* ending : { "", "-journal", "-wal", "-shm" })
            fs::remove(m_path.string() + ending, ignored);
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

} // namespace

void prepareExportFolder(const fs::path& folder)
{
    trainer::refuseKept(folder);
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status))
        refuse(folder);
    if (fs::exists(status) && !fs::is_empty(folder, error) && !fs::exists(folder / kMark, error))
        refuse(folder);
    fs::create_directories(folder, error);
    if (error)
        throw trainer::unwritable(folder, error);
    trainer::writeFile(folder / kMark, "Written by nabiz export, which may write it again.\n");
}

void writeBeside(const fs::path& file, const std::function<bool(const fs::path&)>& isOwn,
    const std::function<void(const fs::path&)>& write)
{
    trainer::refuseKept(file);
    const fs::path target = fs::absolute(trainer::linkedTarget(file));
    std::error_code error;
    const auto status = fs::status(target, error);
    if (fs::exists(status) && (!fs::is_regular_file(status) || (fs::file_size(target, error) > 0 && !isOwn(target))))
        throw TrainError(TrainErrorKind::BadInput,
            trainer::message(
                NABIZ_TEXT("Message", "%1 was not written by nabiz export: it stays as it is. Name another place."),
                file.string()));
    const Aside aside(target.parent_path()
        / ("." + target.stem().string() + "." + std::to_string(::getpid()) + ".part" + target.extension().string()));
    if (::access(target.parent_path().c_str(), W_OK) != 0)
        throw trainer::unwritable(file, std::error_code(errno, std::generic_category()));
    fs::remove(aside.path(), error);
    write(aside.path());
    fs::rename(aside.path(), target, error);
    if (error)
        throw trainer::unwritable(file, error);
}

std::string exportFolderName(const std::string& name, std::int64_t run)
{
    constexpr std::size_t kLongest = 80;
    std::string safe;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        safe += std::isalnum(byte) || c == '-' || c == '_' || (c == '.' && !safe.empty()) ? c : '-';
    }
    safe.resize(std::min(safe.size(), kLongest));
    return (safe.empty() ? "run" : safe) + '-' + std::to_string(run);
}

} // namespace nabiz::app
