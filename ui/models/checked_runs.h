// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs are shown in charts: one set for the run list, the run table and the pages. No run is ever in it unless
// somebody, or its start, put it there. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QObject>
#include <set>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

class CheckedRuns : public QObject {
    Q_OBJECT
public:
    // Runs that the catalog has no more are taken out.
    explicit CheckedRuns(RunCatalog& catalog, QObject* parent = nullptr);

    bool contains(storage::RunId run) const { return m_runs.contains(run); }
    std::size_t size() const { return m_runs.size(); }
    // Newest first.
    std::vector<storage::RunId> runs() const { return { m_runs.rbegin(), m_runs.rend() }; }
    void set(storage::RunId run, bool checked);
    void set(const std::vector<storage::RunId>& runs);

Q_SIGNALS:
    void changed();

private:
    void drop();

    RunCatalog& m_catalog;
    std::set<storage::RunId> m_runs;
    std::set<storage::RunId> m_gone; // checked when they went into the trash
};

} // namespace nabiz::ui
