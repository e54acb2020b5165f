// SPDX-License-Identifier: GPL-3.0-or-later
// Which points of a run that was begun again still count: of a step that a later file wrote again, the last; of what a
// restart purged, none. The others stay where they can be reached, in an earlier life. Pure; one thread.
#pragma once

#include "storage/records/imported_run.h"

#include <map>
#include <unordered_map>

namespace nabiz::app {

class RunLives {
public:
    // A file, or a restart within one; its number goes into ImportedPoint::life until lives are told.
    std::int32_t beginSession(std::size_t file);
    // What stands at `step` or behind it in the sessions before does not count.
    void purge(std::int32_t session, std::int64_t step);

    // Of the first reading, which has all of a run: 0 for what does not count, 1 for what does; 0 for all where nothing
    // was written again.
    void tellAll(std::vector<storage::ImportedSeries>& series);
    // Of what has come since: a life more where it goes back behind what another session wrote.
    void tellMore(std::vector<storage::ImportedSeries>& series);

private:
    struct Session {
        std::size_t file = 0;
        std::int64_t purged = std::numeric_limits<std::int64_t>::max();
    };
    struct Last {
        std::int64_t step = 0;
        std::size_t file = 0;
    };
    bool isSuperseded(storage::ImportedSeries& series, std::vector<bool>& dead) const;
    void remember(const storage::ImportedSeries& series);

    std::vector<Session> m_sessions;
    std::size_t m_told = 0; // sessions at the last telling
    std::map<std::string, Last> m_last; // by tag
    std::int32_t m_life = 0;
};

} // namespace nabiz::app
