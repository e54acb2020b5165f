// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/kept_rows.h"

#include "ui/models/run_table_model.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTreeView>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr std::size_t kMany = 200; // groups, beyond which they begin closed

qint64 runOf(const QModelIndex& index)
{
    return index.data(RunTableModel::RunIdRole).toLongLong();
}

qint64 createdOf(const QModelIndex& index)
{
    return index.data(RunTableModel::CreatedRole).toLongLong();
}

} // namespace

KeptRows::KeptRows(QTreeView& view, const RunTableModel& model)
    : m_view(view)
    , m_model(model)
{
}

void KeptRows::setOpen(const QModelIndex& group, bool open)
{
    const QString& key = m_model.groups().at(static_cast<std::size_t>(group.row())).key;
    if (open)
        m_closed.erase(key);
    else
        m_closed.insert(key);
}

void KeptRows::noteCurrent()
{
    const QModelIndex current = m_view.currentIndex();
    if (m_isPuttingBack || !current.isValid())
        return;
    const qint64 run = runOf(current);
    m_current = { run, createdOf(current),
        run == 0 ? m_model.groups().at(static_cast<std::size_t>(current.row())).key : QString() };
    m_column = current.column();
}

void KeptRows::noteSelection()
{
    if (m_isPuttingBack)
        return;
    m_selection.clear();
    for (const QModelIndex& index : m_view.selectionModel()->selectedRows())
        m_selection[runOf(index)] = createdOf(index);
    m_selection.erase(0);
}

void KeptRows::noteScroll()
{
    m_across = m_view.horizontalScrollBar()->value();
    m_down = m_view.verticalScrollBar()->value();
    m_isInSight = m_view.visualRect(m_view.currentIndex()).intersects(m_view.viewport()->rect());
}

QModelIndex KeptRows::indexOf(const Row& row, int column) const
{
    if (row.run != 0) {
        const QModelIndex index = m_model.indexOf(row.run, column);
        return createdOf(index) == row.created ? index : QModelIndex();
    }
    const auto& groups = m_model.groups().all();
    const auto found = std::find_if(groups.begin(), groups.end(),
        [&](const RunGroup& group) { return m_model.groups().isGrouped() && group.key == row.group; });
    return found == groups.end() ? QModelIndex() : m_model.index(static_cast<int>(found - groups.begin()), 0);
}

void KeptRows::openGroups()
{
    const RunGroups& groups = m_model.groups();
    const QSignalBlocker quiet(&m_view);
    for (std::size_t group = 0; groups.isGrouped() && group < groups.size() && groups.size() <= kMany; ++group) {
        if (!m_closed.contains(groups.at(group).key))
            m_view.expand(m_model.index(static_cast<int>(group), 0));
    }
}

void KeptRows::putBack()
{
    const QScopedValueRollback isPuttingBack(m_isPuttingBack, true);
    openGroups();
    const bool scrolls = m_view.hasAutoScroll();
    m_view.setAutoScroll(false);
    if (const QModelIndex current = indexOf(m_current, m_column); current.isValid())
        m_view.selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_view.setAutoScroll(scrolls);
    selectRuns();
}

// Each once, though it may stand in several groups; rows beside each other as one range, since all may be selected.
void KeptRows::selectRuns()
{
    const RunGroups& groups = m_model.groups();
    QItemSelection selection;
    std::set<qint64> done;
    for (std::size_t group = 0; !m_selection.empty() && group < groups.all().size(); ++group) {
        const QModelIndex parent = groups.isGrouped() ? m_model.index(static_cast<int>(group), 0) : QModelIndex();
        QModelIndex first, last;
        const auto& runs = groups.at(group).runs;
        for (std::size_t row = 0; row <= runs.size(); ++row) {
            const auto kept = row < runs.size() ? m_selection.find(runs[row]) : m_selection.end();
            const QModelIndex index = m_model.index(static_cast<int>(row), 0, parent);
            if (kept != m_selection.end() && kept->second == createdOf(index) && done.insert(kept->first).second) {
                first = first.isValid() ? first : index;
                last = index.siblingAtColumn(m_model.columnCount() - 1);
            } else if (first.isValid()) {
                selection.select(first, last);
                first = {};
            }
        }
    }
    m_view.selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void KeptRows::scrollBack()
{
    m_view.verticalScrollBar()->setValue(m_down);
    // To scroll to what is in a closed group would open it.
    const QModelIndex current = m_view.currentIndex(), group = current.parent();
    if (m_isInSight && current.isValid() && (!group.isValid() || m_view.isExpanded(group)))
        m_view.scrollTo(current);
    m_view.horizontalScrollBar()->setValue(m_across);
}

} // namespace nabiz::ui
