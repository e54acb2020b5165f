// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/group_members.h"

#include "ui/models/run_catalog.h"

namespace nabiz::ui {

QList<qint64> runsOfGroup(const RunCatalog& catalog, const std::string& group)
{
    QList<qint64> runs;
    for (const storage::RunOverview& overview : catalog.runs()) {
        if (!group.empty() && overview.run.group == group)
            runs.prepend(overview.run.id);
    }
    return runs;
}

} // namespace nabiz::ui
