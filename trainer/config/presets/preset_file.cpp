// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/preset_file.h"

#include "trainer/base/kept_files.h"
#include "trainer/base/output_file.h"
#include "trainer/config/presets/source_text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

class File {
public:
    File(const fs::path& path, int flags)
        : m_descriptor(::open(path.c_str(), flags | O_CLOEXEC))
    {
    }
    ~File()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    operator int() const { return m_descriptor; }

private:
    int m_descriptor;
};

std::string reason(int error)
{
    return std::strerror(error);
}

} // namespace

std::variant<std::string, Message> readPresetFile(const fs::path& path)
{
    if (isDatabase(path))
        return message(NABIZ_TEXT("Message", "%1 is Nabız's database, not a preset."), path.string());
    // Without O_NONBLOCK, opening a named pipe would wait for its other end.
    const File file(path, O_RDONLY | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return message(NABIZ_TEXT("Message", "There is no file %1."), path.string());
    struct stat facts { };
    if (file < 0 || ::fstat(file, &facts) != 0)
        return message(NABIZ_TEXT("Message", "The file %1 cannot be read: %2."), path.string(), reason(errno));
    if (S_ISDIR(facts.st_mode))
        return message(NABIZ_TEXT("Message", "%1 is a folder; a preset is a file."), path.string());
    if (!S_ISREG(facts.st_mode))
        return message(NABIZ_TEXT("Message", "%1 is not a plain file; a preset is one."), path.string());
    // One byte past the limit is enough for the document to say that it is too large.
    std::string text(kLargestPreset + 4, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count = ::read(file, text.data() + size, text.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return message(NABIZ_TEXT("Message", "The file %1 cannot be read: %2."), path.string(), reason(errno));
        if (count == 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    text.resize(size);
    keepInput(path);
    return text;
}

void writePresetFile(const fs::path& path, const std::string& text)
{
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        throw unwritable(path, error);
    writeFile(path, text, Replaceable::Inputs);
}

int extendsLine(std::string_view text)
{
    const SourceText source(text);
    for (std::size_t i = 0; i < source.lines(); ++i) {
        if (source.line(i).starts_with("extends"))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

} // namespace nabiz::trainer
