// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs the Report page is on: the one that is looked at, or where it is one of several that are checked, all of
// these as Compare has them; and after Compare has asked for it, what is compared, whatever is looked at.
// A value; GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/models/compare_look.h"

#include <QList>
#include <functional>
#include <vector>

namespace nabiz::ui {

class ReportedRuns {
public:
    // How Compare shows the checked runs now; unknown until it is set.
    void setLook(std::function<CompareLook()> look) { m_look = std::move(look); }
    // False where they are those before.
    bool show(storage::RunId current, const std::vector<storage::RunId>& checked);
    // Until another choice of runs.
    void showComparison() { m_comparing = m_checked.size() > 1; }
    // The first is the baseline.
    QList<qint64> runs() const;
    // Of several runs.
    CompareLook look() const { return m_look ? m_look() : CompareLook(); }

private:
    std::function<CompareLook()> m_look;
    storage::RunId m_current = 0;
    std::vector<storage::RunId> m_checked;
    bool m_comparing = false; // asked for by Compare
};

} // namespace nabiz::ui
