// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/reported_runs.h"

#include <algorithm>

namespace nabiz::ui {

bool ReportedRuns::show(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    if (current == m_current && checked == m_checked)
        return false;
    m_current = current;
    m_checked = checked;
    m_comparing = false;
    return true;
}

QList<qint64> ReportedRuns::runs() const
{
    const bool among = m_current == 0 || std::find(m_checked.begin(), m_checked.end(), m_current) != m_checked.end();
    QList<qint64> runs;
    const auto add = [&runs](qint64 run) {
        if (run != 0 && !runs.contains(run))
            runs << run;
    };
    if (m_checked.size() > 1 && (m_comparing || among)) {
        if (m_look)
            for (const qint64 run : m_look().runs)
                add(run);
        else
            add(m_current);
        for (const storage::RunId run : m_checked)
            add(run);
    } else {
        add(m_current);
        if (m_current == 0 && !m_checked.empty())
            add(m_checked.front());
    }
    return runs;
}

} // namespace nabiz::ui
