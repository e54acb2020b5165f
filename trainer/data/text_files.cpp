// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/text_files.h"

#include "trainer/base/kept_files.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/charset.h"
#include "trainer/data/fingerprint.h"
#include "trainer/data/git_commit.h"
#include "trainer/data/json_lines.h"
#include "trainer/data/packed_bytes.h"
#include "trainer/data/text_folder.h"

#include <algorithm>
#include <map>

namespace nabiz::trainer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLookedFiles = 50; // before a run, for what they are written in
constexpr std::size_t kLookedBytes = 256 * 1024;

[[noreturn]] void fail(Message reason)
{
    throw TrainError(TrainErrorKind::Data, std::move(reason));
}

Message asItIs(Charset charset, const std::vector<std::string>& names)
{
    return message(
        NABIZ_TEXT("Message",
            "Not UTF-8 but %1, whose bytes would be learnt as they are, other than those of the same letters "
            "elsewhere: %2. Set data.charset=auto to convert it."),
        charsetName(charset), namesText(names));
}

// Why these bytes of a file are no text; nullopt where they may be one.
std::optional<Message> noText(const fs::path& file, std::string_view key, std::span<const std::uint8_t> bytes)
{
    if (isTar(bytes))
        return message(
            NABIZ_TEXT("Message", "%1 is a tar archive. Unpack it, and set %2 to the folder that then is there."),
            file.string(), key);
    if (isParquet(bytes))
        return parquetFile(file, key);
    const std::string_view kind = foreignKind(bytes);
    return kind.empty() ? std::nullopt
                        : std::optional(message(NABIZ_TEXT("Message",
                                                    "%1 is no text: it begins as files of the kind %2 do. Write what "
                                                    "it says to a .txt file, and set %3 to that."),
                              file.string(), kind, key));
}

class Reader {
public:
    Reader(fs::path path, std::string_view key, std::stop_token stop, const TextReading& reading)
        : m_path(std::move(path))
        , m_key(key)
        , m_stop(std::move(stop))
        , m_reading(reading)
    {
    }

    TextFiles read(bool isFolder)
    {
        FolderTexts found;
        if (isFolder)
            found = findTexts(m_path, m_stop);
        else
            found = { .files = { m_path }, .kind = textKind(m_path).value_or(TextKind::Plain) };
        if (found.files.empty())
            fail(emptyFolder(m_path, m_key, found.hasTables));
        m_text.notes = std::move(found.notes);
        m_text.leftOut = std::move(found.leftOut);
        for (const fs::path& file : found.files)
            add(file, isFolder ? file.lexically_relative(m_path).generic_string() : file.filename().string(),
                found.kind);
        if (m_text.names.empty())
            fail(m_refusal);
        if (m_text.contentBytes == 0)
            fail(message(NABIZ_TEXT("Message", "%1 is empty. Set %2 to a text of at least one sample."),
                m_path.string(), m_key));
        tell(isFolder);
        m_text.files = static_cast<std::int64_t>(m_text.names.size());
        m_text.hash = m_print.digest();
        m_text.commit = gitCommit(m_path);
        return std::move(m_text);
    }

private:
    void add(const fs::path& file, const std::string& name, TextKind kind)
    {
        if (isDatabase(file))
            failRead(file, "it is the database");
        auto& bytes = m_text.bytes;
        const std::size_t before = bytes.size();
        if (!bytes.empty() && bytes.back() != '\n')
            bytes.push_back('\n');
        const std::size_t begin = bytes.size();
        readBytes(file, m_stop, bytes);
        const auto contents = [&] { return std::span<const std::uint8_t>(bytes).subspan(begin); };
        if (isNoText(file, name, contents())) {
            bytes.resize(before);
            return;
        }
        convert(file, name, begin);
        if (kind == TextKind::JsonLines)
            takeJsonTexts(bytes, begin, m_reading.jsonField, file.string(), m_text.notes, m_stop);
        m_text.names.push_back(name);
        m_text.contentBytes += static_cast<std::int64_t>(contents().size());
        m_print.add(name, contents());
    }

    // Notes what the file is; the first one's sentence is the reason where nothing else is there.
    bool isNoText(const fs::path& file, const std::string& name, std::span<const std::uint8_t> bytes)
    {
        std::optional<Message> reason = noText(file, m_key, bytes);
        if (!reason)
            return false;
        (isTar(bytes)              ? m_foundOut.archives
                : isParquet(bytes) ? m_foundOut.tables
                                   : m_foundOut.foreign)
            .push_back(name);
        if (m_refusal.empty())
            m_refusal = std::move(*reason);
        return true;
    }

    void convert(const fs::path& file, const std::string& name, std::size_t begin)
    {
        const Charset found = recognisedCharset(std::span<const std::uint8_t>(m_text.bytes).subspan(begin));
        if (m_reading.charset == "as_is") {
            if (found != Charset::Utf8 && found != Charset::Unknown)
                m_kept[found].push_back(name);
            return;
        }
        Charset charset = found;
        if (m_reading.charset == "windows-1254")
            charset = Charset::Windows1254;
        else if (m_reading.charset == "utf-16")
            charset = found == Charset::Utf16Big ? found : Charset::Utf16Little;
        if (charset == Charset::Utf8 && beginsWithMark(std::span<const std::uint8_t>(m_text.bytes).subspan(begin))) {
            const auto first = m_text.bytes.begin() + static_cast<std::ptrdiff_t>(begin);
            m_text.bytes.erase(first, first + 3);
        }
        if (charset == Charset::Utf8 || charset == Charset::Unknown)
            return; // auto: as it is; what is not UTF-8 is noted when ids are made of it
        convertToUtf8(charset, m_text.bytes, begin, file.string(), m_stop);
        m_converted[charset].push_back(name);
    }

    void tell(bool isFolder)
    {
        leaveOut(m_text.notes, m_text.leftOut, m_foundOut);
        for (const auto& [charset, names] : m_kept)
            m_text.notes.push_back(asItIs(charset, names));
        for (const auto& [charset, names] : m_converted)
            m_text.notes.push_back(message(
                NABIZ_TEXT("Message", "Converted from %1 to UTF-8: %2"), charsetName(charset), namesText(names)));
        if (isFolder)
            m_text.notes.push_back(
                message(NABIZ_TEXT("Message", "Read from %1: %2"), m_path.string(), namesText(m_text.names)));
    }

    const fs::path m_path;
    const std::string m_key;
    const std::stop_token m_stop;
    const TextReading m_reading;
    TextFiles m_text;
    Fingerprint m_print;
    FoundOut m_foundOut;
    Message m_refusal;
    std::map<Charset, std::vector<std::string>> m_kept, m_converted;
};

} // namespace

TextReading TextReading::from(const Config& config)
{
    return { .charset = config.text("data.charset"), .jsonField = config.text("data.jsonl_field") };
}

TextFiles readTextFiles(const fs::path& path, std::string_view key, std::stop_token stop, const TextReading& reading)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        fail(message(NABIZ_TEXT("Message",
                         "%1 does not exist. Set %2 to a text file or a folder of .txt or "
                         ".gz files."),
            path.string(), key));
    if (error)
        failRead(path, error.message());
    return Reader(path, key, std::move(stop), reading).read(fs::is_directory(status));
}

std::optional<Message> otherCharsets(
    const std::vector<fs::path>& files, const TextReading& reading, const std::stop_token& stop)
{
    if (reading.charset != "as_is")
        return std::nullopt;
    std::map<Charset, std::vector<std::string>> names;
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < std::min(files.size(), kLookedFiles); ++i) {
        bytes.clear();
        readBytes(files[i], stop, bytes, kLookedBytes);
        const Charset charset = noText(files[i], {}, bytes) ? Charset::Unknown : recognisedCharset(bytes);
        if (charset != Charset::Utf8 && charset != Charset::Unknown)
            names[charset].push_back(files[i].filename().string());
    }
    return names.empty() ? std::nullopt : std::optional(asItIs(names.begin()->first, names.begin()->second));
}

Message emptyFolder(const fs::path& folder, std::string_view key, bool hasTables)
{
    return hasTables
        ? message(NABIZ_TEXT("Message",
                      "The folder %1 holds Parquet tables and no text. Write their text column to a .jsonl or .txt "
                      "file, and set %2 to that."),
              folder.string(), key)
        : message(NABIZ_TEXT("Message",
                      "The folder %1 holds no .txt, .gz, .jsonl or .md file. Set %2 to a folder that does, or to "
                      "one file."),
              folder.string(), key);
}

Message parquetFile(const fs::path& file, std::string_view key)
{
    return message(
        NABIZ_TEXT("Message",
            "%1 is a Parquet table, not a text. Write its text column to a .jsonl or .txt file, and set %2 to that."),
        file.string(), key);
}

} // namespace nabiz::trainer
