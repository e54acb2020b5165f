// SPDX-License-Identifier: GPL-3.0-or-later
// One file of the inbox, as nabiz.py and nabiz_log.h write it: a JSON object a line, the first telling the run and its
// process. It is read from where one stopped; a line without its end is left for later. Any thread, one at a time.
#pragma once

#include "app/interchange/inbox/inbox_line.h"
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

// What the files of one run have come to, from one to the next. A process that begins when those before it have gone,
// at a step that they had reached, writes the run's next life; ranks beside each other write one.
struct InboxLives {
    std::int32_t life = 0;
    std::int64_t reached = -1; // step
    bool hasPlaces = false; // metrics count by others: their steps tell nothing
    bool othersLive = false; // beside the file that is read
    double othersLast = storage::kNoWallTime; // when they wrote last
};

class InboxFile {
public:
    explicit InboxFile(const std::filesystem::path& path)
        : m_file(path)
    {
    }

    // The run's own id; the front of the file's name where the first line tells none. None before that line is there.
    const std::optional<std::string>& id();
    double began() const { return m_began; } // its first process; known with the id
    // Whether it is another file by now, or was cut: all of it has to be read again.
    bool isReplaced() const { return m_file.isReplaced(); }
    // Adds to the run what has come; whether anything has. Throws StoreError.
    bool read(storage::ImportedRun& run, SeriesOf& series, InboxLives& lives);

    const storage::ProcessIdentity& writer() const { return m_writer; }
    std::optional<int> exitCode() const { return m_exitCode; } // once it said its end
    double firstTime() const { return m_first; }
    double lastTime() const { return m_last; }

private:
    struct Target {
        storage::ImportedRun& run;
        SeriesOf& series;
        InboxLives& lives;
    };
    void takeText(std::string& text, const Target& target);
    void hear(double wall);
    void takeLine(std::string_view line, const Target& target);
    void takeStart(const nlohmann::json& start, double wall, const Target& target);
    void takeFigures(const nlohmann::json& json, double wall, const Target& target);
    void live(std::int64_t step, InboxLives& lives);

    GrowingFile m_file;
    std::string m_text; // behind the last whole line
    std::optional<std::string> m_id;
    InboxLine m_line; // read last; its room is used again
    bool m_isSkipping = false; // within a line that is too long
    storage::ProcessIdentity m_writer;
    std::optional<int> m_exitCode;
    bool m_isAlone = false; // when it began, nobody else wrote the run
    bool m_isFresh = true; // no figure since its process began
    std::int32_t m_life = 0;
    double m_began = storage::kNoWallTime;
    double m_first = storage::kNoWallTime, m_last = storage::kNoWallTime;
};

} // namespace nabiz::app
