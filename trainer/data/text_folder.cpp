// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/text_folder.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/packed_bytes.h"

#include <algorithm>
#include <array>
#include <set>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNamed = 12; // of the files in one note

enum Reason { Hidden, Checkpoint, Archive, Table, Beside, Other, DeadLink, NotRegular, Foreign };

struct ReasonRow {
    const char* note;
    const char* word; // of a record
};

constexpr std::array<ReasonRow, 9> kReasons { {
    { NABIZ_TEXT("Message", "Left out, as hidden or macOS's own: %1"), "hidden" },
    { NABIZ_TEXT("Message", "Left out, as folders of checkpoints: %1"), "checkpoints" },
    { NABIZ_TEXT("Message", "Left out, as archives that are to be unpacked first: %1"), "archive" },
    { NABIZ_TEXT("Message", "Left out, as Parquet tables, whose text is to be written to .jsonl first: %1"),
        "parquet" },
    { NABIZ_TEXT("Message", "Left out, as the folder is read for another kind; name one of them to read it: %1"),
        "another kind" },
    { NABIZ_TEXT("Message", "Left out, as neither .txt, .gz, .jsonl nor .md: %1"), "no text" },
    { NABIZ_TEXT("Message", "Left out, as links that lead nowhere: %1"), "dead link" },
    { NABIZ_TEXT("Message", "Left out, as no regular files: %1"), "no regular file" },
    { NABIZ_TEXT("Message", "Left out, as no texts by how they begin, whatever their names: %1"), "no text inside" },
} };

void tell(std::vector<Message>& notes, std::string& leftOut, Reason reason, const std::vector<std::string>& names)
{
    if (names.empty())
        return;
    notes.push_back(message(kReasons[reason].note, namesText(names)));
    leftOut += (leftOut.empty() ? "" : "; ") + std::string(kReasons[reason].word) + ": " + namesText(names);
}

class Folder {
public:
    Folder(fs::path root, std::stop_token stop)
        : m_root(std::move(root))
        , m_stop(std::move(stop))
    {
    }

    FolderTexts find()
    {
        walk(m_root);
        FolderTexts texts;
        for (const TextKind kind : { TextKind::Plain, TextKind::JsonLines, TextKind::Markdown }) {
            auto& files = m_files[static_cast<std::size_t>(kind)];
            if (texts.files.empty() && !files.empty()) {
                texts.kind = kind;
                texts.files = std::move(files);
            } else {
                for (const fs::path& file : files)
                    leaveOut(Beside, file);
            }
        }
        texts.hasTables = !m_leftOut[Table].empty();
        for (std::size_t reason = 0; reason < m_leftOut.size(); ++reason)
            tell(texts.notes, texts.leftOut, static_cast<Reason>(reason), m_leftOut[reason]);
        return texts;
    }

private:
    void walk(const fs::path& folder)
    {
        throwIfStopped(m_stop);
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (error)
            failRead(folder, error.message());
        if (!m_seen.insert(real.string()).second)
            return;
        for (const fs::path& path : entries(folder))
            visit(path);
    }

    static std::vector<fs::path> entries(const fs::path& folder)
    {
        std::error_code error;
        std::vector<fs::path> paths;
        for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
            paths.push_back(it->path());
        if (error)
            failRead(folder, error.message());
        std::sort(
            paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        return paths;
    }

    void visit(const fs::path& path)
    {
        throwIfStopped(m_stop);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        const std::string name = path.filename().string();
        const auto kind = textKind(path);
        if (isHiddenName(name))
            leaveOut(Hidden, path);
        else if (fs::is_directory(status))
            isCheckpointFolder(name) ? leaveOut(Checkpoint, path) : walk(path);
        else if (isTarName(path))
            leaveOut(Archive, path);
        else if (isParquetName(path))
            leaveOut(Table, path);
        else if (!kind)
            leaveOut(Other, path);
        else if (status.type() == fs::file_type::not_found)
            leaveOut(DeadLink, path);
        else if (!fs::is_regular_file(status))
            leaveOut(NotRegular, path);
        else if (m_seen.insert(fs::canonical(path, error).string()).second)
            m_files[static_cast<std::size_t>(*kind)].push_back(path);
    }

    void leaveOut(Reason reason, const fs::path& path)
    {
        m_leftOut[reason].push_back(path.lexically_relative(m_root).string());
    }

    const fs::path m_root;
    std::stop_token m_stop;
    std::array<std::vector<fs::path>, 3> m_files; // by kind
    std::array<std::vector<std::string>, kReasons.size()> m_leftOut;
    std::set<std::string> m_seen; // canonical paths of files and folders
};

} // namespace

FolderTexts findTexts(const fs::path& folder, std::stop_token stop)
{
    return Folder(folder, std::move(stop)).find();
}

void leaveOut(std::vector<Message>& notes, std::string& leftOut, const FoundOut& found)
{
    tell(notes, leftOut, Archive, found.archives);
    tell(notes, leftOut, Table, found.tables);
    tell(notes, leftOut, Foreign, found.foreign);
}

std::string namesText(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kNamed ? text + ", … (" + std::to_string(names.size()) + ")" : text;
}

} // namespace nabiz::trainer
