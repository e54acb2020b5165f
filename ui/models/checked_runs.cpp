// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/checked_runs.h"

#include "ui/models/run_catalog.h"

namespace nabiz::ui {

CheckedRuns::CheckedRuns(RunCatalog& catalog, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
{
    connect(&catalog, &RunCatalog::runsReset, this, &CheckedRuns::drop);
    connect(&catalog, &RunCatalog::runRemoved, this, [this](qint64 run) {
        if (contains(run))
            m_gone.insert(run);
        set(run, false);
    });
    connect(&catalog, &RunCatalog::runAdded, this, [this](qint64 run) {
        if (m_gone.erase(run) > 0)
            set(run, true); // back from the trash as it was
    });
}

void CheckedRuns::set(storage::RunId run, bool checked)
{
    const bool isNew = checked ? m_runs.insert(run).second : m_runs.erase(run) > 0;
    if (isNew)
        Q_EMIT changed();
}

void CheckedRuns::set(const std::vector<storage::RunId>& runs)
{
    std::set<storage::RunId> wanted(runs.begin(), runs.end());
    if (wanted == m_runs)
        return;
    m_runs = std::move(wanted);
    Q_EMIT changed();
}

void CheckedRuns::drop()
{
    m_gone.clear();
    if (std::erase_if(m_runs, [this](storage::RunId run) { return m_catalog.overview(run) == nullptr; }) > 0)
        Q_EMIT changed();
}

} // namespace nabiz::ui
