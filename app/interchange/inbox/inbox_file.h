// SPDX-License-Identifier: GPL-3.0-or-later
// One file of the inbox, as nabiz.py and nabiz_log.h write it: a JSON object a line, the first telling the run and its
// process. It is read from where one stopped; a line without its end is left for later. Any thread, one at a time.
#pragma once

#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"
#include "storage/records/process_identity.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

// Whether a file begins as one of the inbox does.
bool isInboxFile(const std::filesystem::path& path);

class InboxFile {
public:
    explicit InboxFile(const std::filesystem::path& path)
        : m_file(path)
    {
    }

    // The run's own id; the front of the file's name where the first line tells none. None before that line is there.
    const std::optional<std::string>& id();
    // Whether it is another file by now, or was cut: all of it has to be read again.
    bool isReplaced() const { return m_file.isReplaced(); }
    // Adds to the run what has come; whether anything has. Throws StoreError.
    bool read(storage::ImportedRun& run, SeriesOf& series);

    const storage::ProcessIdentity& writer() const { return m_writer; }
    std::optional<int> exitCode() const { return m_exitCode; } // once it said its end
    double firstTime() const { return m_first; }
    double lastTime() const { return m_last; }

private:
    void takeText(std::string& text, storage::ImportedRun& run, SeriesOf& series);
    void takeLine(std::string_view line, storage::ImportedRun& run, SeriesOf& series);
    void takeStart(const nlohmann::json& start, storage::ImportedRun& run);
    static void takeFigures(const nlohmann::json& json, double wall, storage::ImportedRun& run, SeriesOf& series);

    GrowingFile m_file;
    std::string m_text; // behind the last whole line
    std::optional<std::string> m_id;
    bool m_isSkipping = false; // within a line that is too long
    storage::ProcessIdentity m_writer;
    std::optional<int> m_exitCode;
    double m_first = storage::kNoWallTime, m_last = storage::kNoWallTime;
};

} // namespace nabiz::app
