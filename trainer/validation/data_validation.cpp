// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/invisible.h"
#include "trainer/base/kept_files.h"
#include "trainer/base/nearest.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/generated_text.h"
#include "trainer/data/safetensors.h"
#include "trainer/data/text_files.h"
#include "trainer/data/text_folder.h"
#include "trainer/language/decoder_files.h"
#include "trainer/validation/validation.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <unistd.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

// A text this small is read here and now, so that its length is known unpacked.
constexpr std::uintmax_t kSmall = 64 * 1024;

class PathCheck {
public:
    PathCheck(const Config& config, std::string key, std::stop_token stop)
        : m_config(config)
        , m_key(std::move(key))
        , m_path(config.text(m_key))
        , m_stop(std::move(stop))
    {
    }

    std::optional<Problem> run() const
    {
        if (m_path.empty())
            return std::nullopt; // `validate` speaks of data.train_path; no val_path is fine
        if (isGenerated(m_path))
            return checkName();
        try {
            return checkDisk();
        } catch (const TrainError& error) {
            return problem(error.message());
        }
    }

private:
    const Config& m_config;
    const std::string m_key;
    const std::string m_path;
    const std::stop_token m_stop;

    Problem problem(Message why) const
    {
        const bool training = m_key == "data.train_path";
        return { .key = m_key,
            .message = std::move(why),
            .remedy = Remedy { m_key, std::string(training ? "generated:turkish" : ""),
                training ? message(NABIZ_TEXT("Message", "Use generated text"))
                         : message(NABIZ_TEXT("Message", "Set a part aside")) } };
    }

    std::optional<Problem> checkName() const
    {
        constexpr std::string_view names[] = { "generated:turkish", "generated:eight-sentences", "example:turkish" };
        if (m_path == names[2] && m_key == "data.val_path")
            return problem(message(
                NABIZ_TEXT("Message", "%1: %2 is one small text, of which a part is set aside."), m_key, m_path));
        if (std::find(std::begin(names), std::end(names), m_path) != std::end(names))
            return std::nullopt;
        const std::string near(nearest(m_path, names));
        const std::string meant = near.empty() ? std::string(names[0]) : near;
        return Problem { .key = m_key,
            .message = message(NABIZ_TEXT("Message",
                                   "%1 names a generated text that is not known: '%2'. There are generated:turkish, "
                                   "generated:eight-sentences and example:turkish."),
                m_key, m_path),
            .remedy = Remedy { m_key, meant, message(NABIZ_TEXT("Message", "Use %1"), meant) } };
    }

    std::optional<Problem> checkDisk() const
    {
        std::error_code error;
        const fs::file_status status = fs::status(m_path, error);
        if (status.type() == fs::file_type::not_found)
            return problem(message(
                NABIZ_TEXT("Message", "%1: there is no file or folder %2%3."), m_key, m_path, invisibleNote(m_path)));
        if (error)
            return problem(unreadable(m_path, error.message()));
        std::vector<fs::path> files { m_path };
        if (fs::is_directory(status)) {
            FolderTexts found = findTexts(m_path, m_stop);
            if (found.files.empty())
                return problem(emptyFolder(m_path, m_key, found.hasTables));
            files = std::move(found.files);
        } else if (!fs::is_regular_file(status)) {
            return problem(message(NABIZ_TEXT("Message", "%1: %2 is neither a file nor a folder."), m_key, m_path));
        } else if (isParquetName(m_path)) {
            return problem(parquetFile(m_path, m_key));
        }
        return checkFiles(files);
    }

    Message unreadable(const std::string& path, const std::string& why) const
    {
        return message(NABIZ_TEXT("Message", "%1: %2 cannot be read: %3."), m_key, path, why);
    }

    std::optional<Problem> checkFiles(const std::vector<fs::path>& files) const
    {
        std::uintmax_t bytes = 0;
        for (const fs::path& file : files) {
            throwIfStopped(m_stop);
            if (isDatabase(file))
                return problem(
                    message(NABIZ_TEXT("Message", "%1: %2 is the database, not a text."), m_key, file.string()));
            if (::access(file.c_str(), R_OK) != 0)
                return problem(unreadable(file.string(), std::strerror(errno)));
            std::error_code error;
            const std::uintmax_t size = fs::file_size(file, error);
            bytes += error ? 0 : size;
        }
        if (bytes == 0)
            return problem(message(NABIZ_TEXT("Message", "%1: %2 is empty."), m_key, m_path));
        const TextReading reading = TextReading::from(m_config);
        if (bytes > kSmall || m_config.text("data.sampling") == "line")
            return charsetNote(files, reading);
        const std::int64_t length = m_config.integer("model.max_seq_len");
        const std::int64_t content = readTextFiles(m_path, m_key, m_stop, reading).contentBytes;
        if (content >= length)
            return charsetNote(files, reading);
        return problem(message(
            NABIZ_TEXT("Message", "%1: the text in %2 has %3 bytes, fewer than one sample of %4 (model.max_seq_len)."),
            m_key, m_path, std::to_string(content), std::to_string(length)));
    }

    std::optional<Problem> charsetNote(const std::vector<fs::path>& files, const TextReading& reading) const
    {
        std::optional<Message> other = otherCharsets(files, reading, m_stop);
        if (!other)
            return std::nullopt;
        return Problem { .severity = Severity::Note,
            .key = "data.charset",
            .message = std::move(*other),
            .remedy
            = Remedy { "data.charset", std::string("auto"), message(NABIZ_TEXT("Message", "Convert to UTF-8")) } };
    }
};

// That it is whole; whether its weights are this model's is known when that is built.
std::optional<Problem> initProblem(const Config& config)
{
    const std::string& file = config.text("model.init");
    if (file.empty())
        return std::nullopt;
    try {
        if (isDatabase(file))
            throw TrainError(
                TrainErrorKind::Io, message(NABIZ_TEXT("Message", "%1 is the database, not a file of weights."), file));
        SafetensorsFile::open(file);
        return std::nullopt;
    } catch (const TrainError& error) {
        return Problem { .key = "model.init",
            .message = error.message(),
            .remedy = Remedy { "model.init", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } };
    }
}

std::optional<Problem> trackProblem(const Config& config)
{
    const std::string& folder = config.text("data.track_folder");
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error))
        return std::nullopt;
    return Problem { .key = "data.track_folder",
        .message = message(NABIZ_TEXT("Message", "There is no folder %1 whose state could be noted."), folder),
        .remedy = Remedy { "data.track_folder", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } };
}

} // namespace

std::vector<Problem> validateData(const Config& written, std::stop_token stop)
{
    const Config config = withWholePaths(written);
    std::vector<Problem> problems;
    for (const char* key : { "data.train_path", "data.val_path" }) {
        if (auto problem = PathCheck(config, key, stop).run())
            problems.push_back(std::move(*problem));
    }
    for (auto* find : { initProblem, trackProblem }) {
        if (auto problem = find(config))
            problems.push_back(std::move(*problem));
    }
    std::ranges::move(languagePathProblems(config), std::back_inserter(problems));
    return problems;
}

} // namespace nabiz::trainer
