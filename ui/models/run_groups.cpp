// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_groups.h"

#include <algorithm>
#include <unordered_set>

namespace nabiz::ui {

void RunGroups::set(std::vector<RunGroup> groups, bool isGrouped)
{
    m_groups = std::move(groups);
    m_isGrouped = isGrouped;
}

void RunGroups::insert(std::size_t place, RunGroup group)
{
    m_groups.insert(m_groups.begin() + static_cast<std::ptrdiff_t>(place), std::move(group));
}

void RunGroups::erase(std::size_t group)
{
    m_groups.erase(m_groups.begin() + static_cast<std::ptrdiff_t>(group));
}

std::size_t RunGroups::indexOf(quint64 id) const
{
    const auto found
        = std::find_if(m_groups.begin(), m_groups.end(), [id](const RunGroup& group) { return group.id == id; });
    return static_cast<std::size_t>(found - m_groups.begin());
}

std::vector<RunPlace> RunGroups::placesOf(storage::RunId run) const
{
    std::vector<RunPlace> places;
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const auto& runs = m_groups[group].runs;
        if (const auto found = std::find(runs.begin(), runs.end(), run); found != runs.end())
            places.push_back({ group, static_cast<std::size_t>(found - runs.begin()) });
    }
    return places;
}

std::size_t RunGroups::shown() const
{
    return m_isGrouped ? shownRuns().size() : m_groups.front().runs.size();
}

std::vector<storage::RunId> RunGroups::shownRuns() const
{
    if (!m_isGrouped)
        return m_groups.front().runs;
    std::unordered_set<storage::RunId> runs;
    for (const RunGroup& group : m_groups)
        runs.insert(group.runs.begin(), group.runs.end());
    return { runs.begin(), runs.end() };
}

} // namespace nabiz::ui
