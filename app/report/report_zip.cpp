// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_zip.h"

#include "app/report/report_error.h"

#include <zip.h>

#include <memory>

namespace nabiz::app {

namespace {

[[noreturn]] void fail(const std::filesystem::path& target, const char* reason)
{
    throw ReportError("The report cannot be written to " + target.string() + ": " + reason
        + ". Choose another folder, or make room in this one.");
}

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

std::string reasonOf(int code)
{
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    return reason;
}

} // namespace

void zipFolder(const std::filesystem::path& folder, const std::vector<std::string>& files, const std::string& root,
    const std::filesystem::path& target)
{
    int code = 0;
    std::unique_ptr<zip_t, Discard> archive(zip_open(target.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
    if (!archive)
        fail(target, reasonOf(code).c_str());
    for (const auto& file : files) {
        zip_source_t* source
            = zip_source_file(archive.get(), (folder / file).c_str(), 0, -1); // the archive takes it over
        if (!source)
            fail(target, zip_strerror(archive.get()));
        if (zip_file_add(archive.get(), (root + "/" + file).c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
            zip_source_free(source);
            fail(target, zip_strerror(archive.get()));
        }
    }
    if (zip_close(archive.get()) != 0)
        fail(target, zip_strerror(archive.get()));
    [[maybe_unused]] auto* const closed = archive.release(); // by zip_close
}

} // namespace nabiz::app
