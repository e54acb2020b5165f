// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_catalog.h"

#include "ui/models/live_rows.h"

#include <algorithm>
#include <utility>

namespace nabiz::ui {

namespace {

constexpr std::size_t kKeptPoints = 2'000'000; // of runs beside those that are shown, some 50 MB

// Where the run stands, or would.
std::vector<storage::RunOverview>::iterator place(std::vector<storage::RunOverview>& runs, storage::RunId run)
{
    return std::lower_bound(
        runs.begin(), runs.end(), run, [](const auto& item, storage::RunId id) { return item.run.id > id; });
}

} // namespace

RunCatalog::RunCatalog(QObject* parent)
    : QObject(parent)
{
}

storage::RunOverview* RunCatalog::find(storage::RunId run)
{
    const auto found = place(m_runs, run);
    return found == m_runs.end() || found->run.id != run ? nullptr : &*found;
}

const storage::RunOverview* RunCatalog::overview(storage::RunId run) const
{
    return const_cast<RunCatalog*>(this)->find(run);
}

const RunDetail* RunCatalog::detail(storage::RunId run) const
{
    const auto found = m_details.find(run);
    return found == m_details.end() ? nullptr : found->second.get();
}

const RunSeries* RunCatalog::series(storage::RunId run, const std::string& metric) const
{
    const RunDetail* const loaded = detail(run);
    return loaded ? loaded->find(metric) : nullptr;
}

void RunCatalog::requireDetail(storage::RunId run)
{
    if (!m_details.contains(run) && !m_wanted.contains(run) && overview(run)) {
        want(run);
    }
}

void RunCatalog::requireWhole(storage::RunId run, const std::string& metric)
{
    const RunDetail* const loaded = detail(run);
    const RunSeries* const known = loaded ? loaded->drawable(metric) : nullptr;
    if (known && known->isPreview() && m_wantedSeries.insert({ run, metric }).second) {
        Q_EMIT seriesWanted(run, metric);
    }
}

void RunCatalog::keepDetails(const std::vector<storage::RunId>& shown)
{
    for (const storage::RunId run : shown) {
        std::erase(m_shown, run);
    }
    m_shown.insert(m_shown.begin(), shown.begin(), shown.end());
    std::erase_if(m_shown, [this](storage::RunId run) { return !overview(run); });
    std::size_t points = 0;
    for (const storage::RunId run : m_shown) {
        const auto loaded = m_details.find(run);
        const bool isShown = std::ranges::find(shown, run) != shown.end();
        if (loaded == m_details.end() || isShown || m_wanted.contains(run)
            || storage::isLive(loaded->second->overview.run.status)) {
            continue;
        }
        for (const auto& [name, series] : loaded->second->series) {
            points += series->size();
        }
        if (points > kKeptPoints) {
            m_details.erase(loaded);
            std::erase_if(m_wantedSeries, [run](const auto& wanted) { return wanted.first == run; });
        }
    }
}

void RunCatalog::want(storage::RunId run)
{
    m_wanted[run] = {};
    Q_EMIT detailWanted(run);
}

// What charts point to is destroyed only after they have been told.
void RunCatalog::setRuns(std::vector<storage::RunOverview> runs)
{
    const auto before = std::exchange(m_details, {});
    m_wanted.clear();
    m_wantedSeries.clear();
    m_runs = std::move(runs);
    std::stable_sort(m_runs.begin(), m_runs.end(), [](const auto& a, const auto& b) { return a.run.id > b.run.id; });
    m_parameters.clear();
    Q_EMIT runsReset();
}

void RunCatalog::putRun(const storage::RunOverview& run)
{
    storage::RunOverview* const known = find(run.run.id);
    if (!known) {
        m_runs.insert(place(m_runs, run.run.id), run);
        Q_EMIT runAdded(run.run.id);
        return;
    }
    const storage::RunStatus before = known->run.status;
    known->run = run.run;
    // A record read before the last rows came must not set the live figures back.
    if (run.summary.batches >= known->summary.batches || !storage::isLive(run.run.status)) {
        known->summary = run.summary;
    }
    const auto loaded = m_details.find(run.run.id);
    if (loaded != m_details.end()) {
        loaded->second->overview = *known;
    }
    Q_EMIT runChanged(run.run.id);
    const bool prepared = before == storage::RunStatus::Preparing && run.run.status != before;
    const bool ended = storage::isLive(before) && !storage::isLive(run.run.status);
    const bool resumed = !storage::isLive(before) && storage::isLive(run.run.status); // a preview cannot grow
    if (loaded != m_details.end() && (prepared || ended || resumed)) {
        want(run.run.id);
    }
}

void RunCatalog::removeRun(storage::RunId run)
{
    if (!find(run)) {
        return;
    }
    const auto before = m_details.extract(run);
    m_wanted.erase(run);
    std::erase_if(m_wantedSeries, [run](const auto& wanted) { return wanted.first == run; });
    m_runs.erase(place(m_runs, run));
    m_parameters.remove(run);
    Q_EMIT runRemoved(run);
}

void RunCatalog::setTrash(std::vector<storage::TrashedRun> trash)
{
    m_trash = std::move(trash);
    Q_EMIT trashChanged();
}

void RunCatalog::putParameters(const storage::ParameterTable& table)
{
    const bool keysAdded = m_parameters.put(table);
    QList<qint64> runs;
    for (const auto& [run, values] : table.runs) {
        runs.append(run);
    }
    Q_EMIT parametersChanged(runs, keysAdded);
}

void RunCatalog::setDetail(storage::RunDetail detail)
{
    const storage::RunId run = detail.overview.run.id;
    const auto waiting = m_wanted.extract(run);
    storage::RunOverview* const known = find(run);
    if (!known) {
        return; // deleted, or of another database, while it was being read
    }
    const auto before = m_details.extract(run); // destroyed only when charts have been told
    auto loaded = std::make_unique<RunDetail>();
    loaded->parameters = std::move(detail.parameters);
    loaded->events = std::move(detail.events);
    loaded->checkpoints = std::move(detail.checkpoints);
    RunDetail* const kept = before && !(waiting && waiting.mapped().isAnew) ? before.mapped().get() : nullptr;
    for (storage::Series& column : detail.series) {
        loaded->series[column.metric.name] = keepOrMake(kept, column);
    }
    bool isBehind = false; // read before the segment began that these are of
    if (waiting) {
        for (const Waiting::Rows& some : waiting.mapped().rows) {
            for (const storage::Row& row : some.rows) {
                isBehind = isBehind || supersedes(*loaded, row);
                takeRow(*loaded, some.metrics, row);
            }
        }
        for (const storage::Event& event : waiting.mapped().events) {
            takeEvent(*loaded, event);
        }
    }
    // The record came by putRun and may be newer than the one read with the points.
    if (detail.overview.summary.batches >= known->summary.batches) {
        known->summary = detail.overview.summary;
    }
    loaded->overview = *known;
    m_details[run] = std::move(loaded);
    std::erase_if(m_wantedSeries, [run](const auto& wanted) { return wanted.first == run; });
    Q_EMIT detailLoaded(run);
    if (isBehind) {
        want(run);
        m_wanted[run].isAnew = true;
    }
}

void RunCatalog::setSeries(storage::RunId run, std::shared_ptr<RunSeries> whole)
{
    m_wantedSeries.erase({ run, whole->name() });
    const auto loaded = m_details.find(run);
    if (loaded == m_details.end()) {
        return;
    }
    const auto known = loaded->second->series.find(whole->name());
    if (known == loaded->second->series.end() || !known->second || !known->second->isPreview()) {
        return;
    }
    const auto before = std::exchange(known->second, std::make_unique<RunSeries>(std::move(*whole)));
    Q_EMIT detailLoaded(run);
}

void RunCatalog::appendRows(
    storage::RunId run, const std::vector<storage::Metric>& metrics, std::span<const storage::Row> rows)
{
    storage::RunOverview* const known = find(run);
    if (!known || rows.empty()) {
        return;
    }
    for (const storage::Row& row : rows) {
        takeRow(known->summary, metrics, row);
    }
    const auto loaded = m_details.find(run);
    const bool isAnew = loaded != m_details.end() && supersedes(*loaded->second, rows.front());
    if (isAnew) {
        if (!m_wanted.contains(run)) {
            want(run);
        }
        m_wanted[run].isAnew = true;
    }
    if (const auto wanted = m_wanted.find(run); wanted != m_wanted.end()) {
        wanted->second.rows.push_back({ metrics, { rows.begin(), rows.end() } });
    }
    if (loaded != m_details.end() && !isAnew) {
        for (const storage::Row& row : rows) {
            takeRow(*loaded->second, metrics, row);
        }
        finishSummary(known->summary, *loaded->second);
        loaded->second->overview.summary = known->summary;
    }
    Q_EMIT pointsAppended(run);
}

void RunCatalog::appendEvent(storage::RunId run, const storage::Event& event)
{
    if (const auto wanted = m_wanted.find(run); wanted != m_wanted.end()) {
        wanted->second.events.push_back(event);
    }
    const auto loaded = m_details.find(run);
    if (loaded != m_details.end() && takeEvent(*loaded->second, event)) {
        Q_EMIT eventAppended(run);
    }
}

void RunCatalog::setCheckpoints(storage::RunId run, std::vector<storage::Checkpoint> checkpoints)
{
    const auto loaded = m_details.find(run);
    if (loaded == m_details.end())
        return;
    auto& known = loaded->second->checkpoints;
    const bool same = std::equal(known.begin(), known.end(), checkpoints.begin(), checkpoints.end(),
        [](const auto& a, const auto& b) { return a.batch == b.batch; });
    if (same)
        return;
    known = std::move(checkpoints);
    Q_EMIT checkpointsChanged(run);
}

} // namespace nabiz::ui
