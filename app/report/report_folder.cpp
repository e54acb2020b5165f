// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_folder.h"

#include "app/report/report_error.h"
#include "app/report/report_zip.h"
#include "trainer/base/output_file.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <unistd.h>

namespace fs = std::filesystem;

namespace nabiz::app {

namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& reason)
{
    throw ReportError("The report cannot be written to " + path.string() + ": " + reason
        + ". Choose another folder, or make room in this one.");
}

std::string lastError()
{
    return std::strerror(errno);
}

// Goes away with all that is in it unless it was kept.
class Aside {
public:
    explicit Aside(fs::path folder)
        : m_folder(std::move(folder))
    {
    }
    ~Aside()
    {
        std::error_code ignored; // what cannot be removed is left: there is a first error on its way already
        if (!m_kept)
            fs::remove_all(m_folder, ignored);
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    void keep() { m_kept = true; }

private:
    fs::path m_folder;
    bool m_kept = false;
};

// In the folder that is still aside.
fs::path placeFor(const fs::path& path)
{
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        fail(path.parent_path(), error.message());
    return path;
}

void writeFiles(const Report& report, const std::map<std::string, std::string>& pictures,
    const storage::RunStore& store, const fs::path& folder)
{
    trainer::writeFile(placeFor(folder / "report.md"), report.markdown);
    for (const auto& [path, bytes] : pictures)
        trainer::writeFile(placeFor(folder / path), bytes);
    for (const auto& [path, text] : report.texts)
        trainer::writeFile(placeFor(folder / path), text);
    for (const auto& [path, run] : report.tables) {
        trainer::OutputFile out(placeFor(folder / path));
        writePoints([&out](std::string_view text) { out.write(text); }, store, run);
        out.commit();
    }
}

fs::path freePlace(const fs::path& parent, const std::string& name, const char* ending)
{
    for (int number = 1;; ++number) {
        const auto place = parent / ((number == 1 ? name : name + "-" + std::to_string(number)) + ending);
        std::error_code error;
        const auto status = fs::symlink_status(place, error);
        if (status.type() == fs::file_type::not_found)
            return place;
        if (status.type() == fs::file_type::none)
            fail(place, error.message());
    }
}

} // namespace

std::string safeFolderName(const std::string& name, const std::string& fallback)
{
    static constexpr std::size_t kLongest = 80;
    std::string result;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = byte >= 0x80 || std::isalnum(byte) || c == '-' || c == '_' || c == '.';
        if (kept && !(result.empty() && c == '.'))
            result += c;
        else if (!kept && !result.empty() && result.back() != '-')
            result += '-';
    }
    if (result.size() > kLongest) {
        auto end = kLongest;
        while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0) == 0x80)
            --end;
        result.resize(end);
    }
    while (!result.empty() && (result.back() == '-' || result.back() == '.'))
        result.pop_back();
    return result.find_first_not_of('-') == std::string::npos ? fallback : result;
}

fs::path writeReport(const Report& report, const std::map<std::string, std::string>& pictures,
    const storage::RunStore& store, const fs::path& parent, ReportForm form)
{
    if (const auto why = trainer::whyKept(parent); !why.empty())
        throw ReportError(why.english());
    std::error_code error;
    fs::create_directories(parent, error);
    if (error)
        fail(parent, error.message());
    auto pattern = (fs::absolute(parent) / ("." + report.name + ".XXXXXX")).string();
    if (!::mkdtemp(pattern.data()))
        fail(parent, lastError());
    const fs::path folder = pattern;
    Aside aside(folder);
    fs::permissions(folder,
        fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read
            | fs::perms::others_exec);

    try {
        writeFiles(report, pictures, store, folder);
    } catch (const trainer::TrainError& failure) {
        throw ReportError(failure.what());
    }
    const bool isFile = form == ReportForm::Zip;
    const auto target = freePlace(fs::absolute(parent), report.name, isFile ? ".zip" : "");
    const auto written = isFile ? folder / "report.zip" : folder;
    if (isFile)
        zipFolder(folder, report.files(), target.stem().string(), written);
    fs::rename(written, target, error);
    if (error)
        fail(target, error.message());
    if (!isFile)
        aside.keep();
    return target.lexically_normal();
}

void logReport(storage::Recorder& recorder, const Report& report, const fs::path& folder, const std::string& version)
{
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    for (const auto& run : report.runs)
        recorder.words().addReport({ .run = run.overview.run.id,
            .folder = folder.string(),
            .language = report.language,
            .written = std::chrono::duration_cast<std::chrono::milliseconds>(time).count(),
            .version = version });
}

} // namespace nabiz::app
