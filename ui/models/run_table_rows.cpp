// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_rows.h"

#include "ui/models/run_catalog.h"

#include <algorithm>

namespace nabiz::ui {

using storage::RunOverview;

namespace {

constexpr int kPointsEvery = 1000; // milliseconds: a row that jumps at every batch cannot be read

} // namespace

RunTableRows::RunTableRows(RunCatalog& catalog, QObject* parent)
    : QAbstractItemModel(parent)
    , m_catalog(catalog)
    , m_columns(catalog)
    , m_arrangement(catalog, m_columns)
{
    m_later.setSingleShot(true);
    m_later.setInterval(kPointsEvery);
    connect(&m_later, &QTimer::timeout, this, [this] {
        for (const qint64 run : std::exchange(m_waiting, {}))
            refresh(run);
    });
    connect(&catalog, &RunCatalog::runsReset, this, &RunTableRows::arrange);
    connect(&catalog, &RunCatalog::runAdded, this, &RunTableRows::refresh);
    connect(&catalog, &RunCatalog::runChanged, this, &RunTableRows::refresh);
    connect(&catalog, &RunCatalog::runRemoved, this, &RunTableRows::refresh);
    connect(&catalog, &RunCatalog::pointsAppended, this, &RunTableRows::refreshLate);
    connect(&catalog, &RunCatalog::parametersChanged, this, &RunTableRows::onParameters);
    arrange();
}

// Without groups the runs are at the top: of the invisible one.
QModelIndex RunTableRows::groupIndex(std::size_t group) const
{
    return m_groups.isGrouped() ? createIndex(static_cast<int>(group), 0, quintptr(0)) : QModelIndex();
}

// An index holds the id of the group that it is in, 0 at the top.
QModelIndex RunTableRows::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(
        row, column, parent.isValid() ? quintptr(m_groups.at(static_cast<std::size_t>(parent.row())).id) : 0);
}

QModelIndex RunTableRows::parent(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() != 0 ? groupIndex(m_groups.indexOf(index.internalId()))
                                                      : QModelIndex();
}

int RunTableRows::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.isGrouped() ? m_groups.size() : m_groups.at(0).runs.size());
    if (!m_groups.isGrouped() || parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups.at(static_cast<std::size_t>(parent.row())).runs.size());
}

int RunTableRows::columnCount(const QModelIndex&) const
{
    return m_columns.size();
}

qint64 RunTableRows::runAt(const QModelIndex& index) const
{
    if (!index.isValid() || (m_groups.isGrouped() && index.internalId() == 0))
        return 0;
    const RunGroup& group = m_groups.isGrouped() ? m_groups.at(m_groups.indexOf(index.internalId())) : m_groups.at(0);
    return group.runs[static_cast<std::size_t>(index.row())];
}

QModelIndex RunTableRows::indexOf(qint64 run, int column) const
{
    const auto places = m_groups.placesOf(run);
    return places.empty() ? QModelIndex()
                          : index(static_cast<int>(places.front().row), column, groupIndex(places.front().group));
}

void RunTableRows::setFilter(trainer::FilterExpression filter)
{
    m_arrangement.setFilter(std::move(filter));
    arrange();
}

void RunTableRows::setSort(std::vector<RunSort> sort)
{
    if (sort == m_arrangement.sort())
        return;
    m_arrangement.setSort(std::move(sort));
    arrange();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RunTableRows::setGroupKey(const QString& key)
{
    if (key == m_arrangement.groupKey())
        return;
    m_arrangement.setGroupKey(key);
    arrange();
}

void RunTableRows::retranslate()
{
    arrange();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RunTableRows::arrange()
{
    m_waiting.clear();
    beginResetModel();
    m_columns.update();
    m_groups.set(m_arrangement.arrange(), m_arrangement.isGrouped());
    endResetModel();
    Q_EMIT countChanged();
}

void RunTableRows::onParameters(const QList<qint64>& runs, bool keysAdded)
{
    if (keysAdded || runs.size() > 1)
        arrange();
    else if (!runs.isEmpty())
        refresh(runs.front());
}

void RunTableRows::refreshLate(qint64 run)
{
    m_waiting.insert(run);
    if (!m_later.isActive())
        m_later.start();
}

void RunTableRows::refresh(qint64 run)
{
    const RunOverview* overview = m_catalog.overview(run);
    const bool isShown = overview && m_arrangement.shows(*overview);
    std::vector<RunGroup> wanted = isShown ? m_arrangement.groupsOf(*overview) : std::vector<RunGroup>();
    auto places = m_groups.placesOf(run);
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        const auto same = [&](const RunGroup& group) {
            return !m_groups.isGrouped() || group.key == m_groups.at(place->group).key;
        };
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

void RunTableRows::removeRow(RunPlace place)
{
    auto& group = m_groups.at(place.group);
    if (m_groups.isGrouped() && group.runs.size() == 1) {
        beginRemoveRows({}, static_cast<int>(place.group), static_cast<int>(place.group));
        m_groups.erase(place.group);
        endRemoveRows();
        return;
    }
    const int row = static_cast<int>(place.row);
    beginRemoveRows(groupIndex(place.group), row, row);
    group.runs.erase(group.runs.begin() + row);
    endRemoveRows();
    if (m_groups.isGrouped())
        Q_EMIT dataChanged(groupIndex(place.group), groupIndex(place.group));
}

void RunTableRows::insertRow(const RunOverview& run, RunGroup wanted)
{
    std::size_t place = 0;
    if (m_groups.isGrouped()) {
        place = m_arrangement.placeOf(m_groups.all(), wanted.key);
        if (place == m_groups.size() || m_groups.at(place).key != wanted.key) {
            wanted.id = m_arrangement.nextGroupId();
            wanted.runs = { run.run.id };
            beginInsertRows({}, static_cast<int>(place), static_cast<int>(place));
            m_groups.insert(place, std::move(wanted));
            endInsertRows();
            return;
        }
    }
    RunGroup& group = m_groups.at(place);
    const int row = static_cast<int>(m_arrangement.rowFor(run, group, group.runs.size()));
    beginInsertRows(groupIndex(place), row, row);
    group.runs.insert(group.runs.begin() + row, run.run.id);
    endInsertRows();
    if (m_groups.isGrouped())
        Q_EMIT dataChanged(groupIndex(place), groupIndex(place));
}

void RunTableRows::moveRow(const RunOverview& run, RunPlace place)
{
    auto& runs = m_groups.at(place.group).runs;
    const QModelIndex parent = groupIndex(place.group);
    const auto target = m_arrangement.rowFor(run, m_groups.at(place.group), place.row);
    if (target != place.row) {
        const int destination = static_cast<int>(target < place.row ? target : target + 1);
        beginMoveRows(parent, static_cast<int>(place.row), static_cast<int>(place.row), parent, destination);
        runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(place.row));
        runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(target), run.run.id);
        endMoveRows();
    }
    const int row = static_cast<int>(target);
    Q_EMIT dataChanged(index(row, 0, parent), index(row, columnCount() - 1, parent));
    if (m_groups.isGrouped())
        Q_EMIT dataChanged(parent, parent);
}

} // namespace nabiz::ui
