// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_model.h"

#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"

#include <algorithm>
#include <unordered_set>

namespace nabiz::ui {

using storage::RunField;
using storage::RunOverview;

namespace {

constexpr int kPointsEvery = 1000; // milliseconds: a row that jumps at every batch cannot be read

} // namespace

RunTableModel::RunTableModel(RunCatalog& catalog, CheckedRuns& checked, QObject* parent)
    : QAbstractItemModel(parent)
    , m_catalog(catalog)
    , m_checked(checked)
    , m_columns(catalog)
    , m_arrangement(catalog, m_columns)
{
    m_later.setSingleShot(true);
    m_later.setInterval(kPointsEvery);
    connect(&m_later, &QTimer::timeout, this, &RunTableModel::refreshWaiting);
    connect(&catalog, &RunCatalog::runsReset, this, &RunTableModel::arrange);
    connect(&catalog, &RunCatalog::runAdded, this, &RunTableModel::refresh);
    connect(&catalog, &RunCatalog::runChanged, this, &RunTableModel::refresh);
    connect(&catalog, &RunCatalog::runRemoved, this, &RunTableModel::refresh);
    connect(&catalog, &RunCatalog::pointsAppended, this, &RunTableModel::refreshLate);
    connect(&catalog, &RunCatalog::parametersChanged, this, &RunTableModel::onParameters);
    connect(&checked, &CheckedRuns::changed, this, [this] {
        for (std::size_t group = 0; group < m_groups.size(); ++group) {
            const QModelIndex parent = groupIndex(group);
            if (!m_groups[group].runs.empty())
                Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, 0, parent), { Qt::CheckStateRole });
        }
    });
    arrange();
}

std::size_t RunTableModel::groupAt(quint64 id) const
{
    const auto found
        = std::find_if(m_groups.begin(), m_groups.end(), [id](const RunGroup& group) { return group.id == id; });
    return static_cast<std::size_t>(found - m_groups.begin());
}

// Without groups the runs are at the top: of the invisible one.
QModelIndex RunTableModel::groupIndex(std::size_t group) const
{
    return m_isGrouped ? createIndex(static_cast<int>(group), 0, quintptr(0)) : QModelIndex();
}

// An index holds the id of the group that it is in, 0 at the top.
QModelIndex RunTableModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(
        row, column, parent.isValid() ? quintptr(m_groups[static_cast<std::size_t>(parent.row())].id) : 0);
}

QModelIndex RunTableModel::parent(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() != 0 ? groupIndex(groupAt(index.internalId())) : QModelIndex();
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_isGrouped ? m_groups.size() : m_groups.front().runs.size());
    if (!m_isGrouped || parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].runs.size());
}

int RunTableModel::columnCount(const QModelIndex&) const
{
    return m_columns.size();
}

qint64 RunTableModel::runAt(const QModelIndex& index) const
{
    if (!index.isValid() || (m_isGrouped && index.internalId() == 0))
        return 0;
    const RunGroup& group = m_isGrouped ? m_groups[groupAt(index.internalId())] : m_groups.front();
    return group.runs[static_cast<std::size_t>(index.row())];
}

QModelIndex RunTableModel::indexOf(qint64 run, int column) const
{
    const auto places = placesOf(run);
    return places.empty() ? QModelIndex()
                          : index(static_cast<int>(places.front().row), column, groupIndex(places.front().group));
}

std::size_t RunTableModel::shown() const
{
    return m_isGrouped ? shownRuns().size() : m_groups.front().runs.size();
}

std::vector<storage::RunId> RunTableModel::shownRuns() const
{
    if (!m_isGrouped)
        return m_groups.front().runs;
    std::unordered_set<storage::RunId> runs;
    for (const RunGroup& group : m_groups)
        runs.insert(group.runs.begin(), group.runs.end());
    return { runs.begin(), runs.end() };
}

void RunTableModel::setFilter(trainer::FilterExpression filter)
{
    m_arrangement.setFilter(std::move(filter));
    arrange();
}

void RunTableModel::setSort(std::vector<RunSort> sort)
{
    if (sort == m_arrangement.sort())
        return;
    m_arrangement.setSort(std::move(sort));
    arrange();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RunTableModel::setGroupKey(const QString& key)
{
    if (key == m_arrangement.groupKey())
        return;
    m_arrangement.setGroupKey(key);
    arrange();
}

void RunTableModel::retranslate()
{
    arrange();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RunTableModel::arrange()
{
    m_waiting.clear();
    beginResetModel();
    m_columns.update();
    m_isGrouped = !m_arrangement.groupKey().isEmpty() && m_columns.indexOf(m_arrangement.groupKey()) >= 0;
    m_groups = m_arrangement.arrange();
    endResetModel();
    Q_EMIT countChanged();
}

void RunTableModel::onParameters(const QList<qint64>& runs, bool keysAdded)
{
    if (keysAdded || runs.size() > 1)
        arrange();
    else if (!runs.isEmpty())
        refresh(runs.front());
}

void RunTableModel::refreshLate(qint64 run)
{
    m_waiting.insert(run);
    if (!m_later.isActive())
        m_later.start();
}

void RunTableModel::refreshWaiting()
{
    for (const qint64 run : std::exchange(m_waiting, {}))
        refresh(run);
}

std::vector<RunTableModel::Place> RunTableModel::placesOf(qint64 run) const
{
    std::vector<Place> places;
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const auto& runs = m_groups[group].runs;
        if (const auto found = std::find(runs.begin(), runs.end(), run); found != runs.end())
            places.push_back({ group, static_cast<std::size_t>(found - runs.begin()) });
    }
    return places;
}

void RunTableModel::refresh(qint64 run)
{
    const RunOverview* overview = m_catalog.overview(run);
    const bool isShown = overview && m_arrangement.shows(*overview);
    std::vector<RunGroup> wanted = isShown ? m_arrangement.groupsOf(*overview) : std::vector<RunGroup>();
    auto places = placesOf(run);
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        const auto same
            = [&](const RunGroup& group) { return !m_isGrouped || group.key == m_groups[place->group].key; };
        const auto found = std::find_if(wanted.begin(), wanted.end(), same);
        if (found == wanted.end()) {
            removeRow(*place);
            continue;
        }
        wanted.erase(found);
        moveRow(*overview, *place);
    }
    for (RunGroup& group : wanted)
        insertRow(*overview, std::move(group));
    Q_EMIT countChanged();
}

void RunTableModel::removeRow(Place place)
{
    auto& group = m_groups[place.group];
    if (m_isGrouped && group.runs.size() == 1) {
        beginRemoveRows({}, static_cast<int>(place.group), static_cast<int>(place.group));
        m_groups.erase(m_groups.begin() + static_cast<std::ptrdiff_t>(place.group));
        endRemoveRows();
        return;
    }
    const int row = static_cast<int>(place.row);
    beginRemoveRows(groupIndex(place.group), row, row);
    group.runs.erase(group.runs.begin() + row);
    endRemoveRows();
    if (m_isGrouped)
        Q_EMIT dataChanged(groupIndex(place.group), groupIndex(place.group));
}

// Where the run belongs among the others of the group; `without` is its own row now, or the size.
std::size_t RunTableModel::rowFor(const RunOverview& run, const RunGroup& group, std::size_t without) const
{
    std::vector<storage::RunId> others = group.runs;
    if (without < others.size())
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(without));
    const auto place
        = std::lower_bound(others.begin(), others.end(), run.run.id, [&](storage::RunId other, storage::RunId) {
              const RunOverview* known = m_catalog.overview(other);
              return known && m_arrangement.less(*known, run);
          });
    return static_cast<std::size_t>(place - others.begin());
}

void RunTableModel::insertRow(const RunOverview& run, RunGroup wanted)
{
    std::size_t place = 0;
    if (m_isGrouped) {
        place = m_arrangement.placeOf(m_groups, wanted.key);
        if (place == m_groups.size() || m_groups[place].key != wanted.key) {
            wanted.id = m_arrangement.nextGroupId();
            wanted.runs = { run.run.id };
            beginInsertRows({}, static_cast<int>(place), static_cast<int>(place));
            m_groups.insert(m_groups.begin() + static_cast<std::ptrdiff_t>(place), std::move(wanted));
            endInsertRows();
            return;
        }
    }
    RunGroup& group = m_groups[place];
    const int row = static_cast<int>(rowFor(run, group, group.runs.size()));
    beginInsertRows(groupIndex(place), row, row);
    group.runs.insert(group.runs.begin() + row, run.run.id);
    endInsertRows();
    if (m_isGrouped)
        Q_EMIT dataChanged(groupIndex(place), groupIndex(place));
}

void RunTableModel::moveRow(const RunOverview& run, Place place)
{
    auto& runs = m_groups[place.group].runs;
    const QModelIndex parent = groupIndex(place.group);
    const auto target = rowFor(run, m_groups[place.group], place.row);
    if (target != place.row) {
        const int destination = static_cast<int>(target < place.row ? target : target + 1);
        beginMoveRows(parent, static_cast<int>(place.row), static_cast<int>(place.row), parent, destination);
        runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(place.row));
        runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(target), run.run.id);
        endMoveRows();
    }
    const int row = static_cast<int>(target);
    Q_EMIT dataChanged(index(row, 0, parent), index(row, columnCount() - 1, parent));
    if (m_isGrouped)
        Q_EMIT dataChanged(parent, parent);
}

} // namespace nabiz::ui
