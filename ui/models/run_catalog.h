// SPDX-License-Identifier: GPL-3.0-or-later
// All that the window knows of runs, on the GUI thread: overviews of every run, details of those asked for, points as
// they arrive. `app` fills it, pages and models read it; what is not loaded yet is asked for with detailWanted.
#pragma once

#include "storage/records/records.h"
#include "ui/models/run_detail.h"
#include "ui/models/run_parameters.h"

#include <QList>
#include <QObject>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace nabiz::ui {

class RunCatalog : public QObject {
    Q_OBJECT
public:
    explicit RunCatalog(QObject* parent = nullptr);

    // Newest first.
    const std::vector<storage::RunOverview>& runs() const { return m_runs; }
    // Not among the runs. What was put there last comes first.
    const std::vector<storage::TrashedRun>& trash() const { return m_trash; }
    // Of all runs; empty until they are loaded.
    const RunParameters& parameters() const { return m_parameters; }
    const storage::RunOverview* overview(storage::RunId run) const; // nullptr when unknown
    const RunDetail* detail(storage::RunId run) const; // nullptr until loaded
    const RunSeries* series(storage::RunId run, const std::string& metric) const;
    // Asks for a detail unless it is loaded or on its way.
    void requireDetail(storage::RunId run);
    // Of a very long run that has ended only previews of its curves are loaded: asks for all points of one that is
    // drawn.
    void requireWhole(storage::RunId run, const std::string& metric);
    // These are shown now, by whoever shows runs: the points of others that have ended are let go, but for those shown
    // last, to which one goes back soon.
    void keepDetails(const std::vector<storage::RunId>& shown);

    // Called by app.
    void setRuns(std::vector<storage::RunOverview> runs); // another database, or a fresh look at this one
    // A new run, or a changed one. A loaded detail is asked for again when the run was prepared and when it ended: what
    // was applied, and its checkpoints, stand only there.
    void putRun(const storage::RunOverview& run);
    void removeRun(storage::RunId run);
    void setTrash(std::vector<storage::TrashedRun> trash);
    // Of all runs, or of some.
    void putParameters(const storage::ParameterTable& table);
    void setDetail(storage::RunDetail detail);
    // All points in place of the preview; dropped where that is gone.
    void setSeries(storage::RunId run, std::shared_ptr<RunSeries> whole);
    // Live points. `metrics` names the numbers used in the rows. The overview's summary follows them. Points that the
    // detail already holds are left out; while a detail is on its way they wait for it; without one they are dropped:
    // they will come with it.
    void appendRows(
        storage::RunId run, const std::vector<storage::Metric>& metrics, std::span<const storage::Row> rows);
    void appendEvent(storage::RunId run, const storage::Event& event);
    void setCheckpoints(storage::RunId run, std::vector<storage::Checkpoint> checkpoints);

Q_SIGNALS:
    void runsReset();
    void runAdded(qint64 run);
    void runChanged(qint64 run);
    void runRemoved(qint64 run);
    void trashChanged();
    void parametersChanged(const QList<qint64>& runs, bool keysAdded);
    void detailWanted(qint64 run);
    void seriesWanted(qint64 run, const std::string& metric);
    void detailLoaded(qint64 run);
    void pointsAppended(qint64 run);
    void eventAppended(qint64 run);
    void checkpointsChanged(qint64 run);

private:
    // What came while a detail was being read: it may lack it.
    struct Waiting {
        struct Rows {
            std::vector<storage::Metric> metrics;
            std::vector<storage::Row> rows;
        };
        std::vector<Rows> rows;
        std::vector<storage::Event> events;
        bool isAnew = false; // what is held was given up
    };

    storage::RunOverview* find(storage::RunId run);
    void want(storage::RunId run);

    std::vector<storage::RunOverview> m_runs; // by falling id
    std::vector<storage::TrashedRun> m_trash;
    RunParameters m_parameters;
    std::map<storage::RunId, std::unique_ptr<RunDetail>> m_details;
    std::map<storage::RunId, Waiting> m_wanted;
    std::set<std::pair<storage::RunId, std::string>> m_wantedSeries;
    std::vector<storage::RunId> m_shown; // the latest first
};

} // namespace nabiz::ui
