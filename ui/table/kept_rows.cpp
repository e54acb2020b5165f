// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/kept_rows.h"

#include "ui/models/run_table_model.h"

#include <QScrollBar>
#include <QSignalBlocker>
#include <QTreeView>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr std::size_t kMany = 200; // groups, beyond which they begin closed

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

void KeptRows::remember()
{
    const QModelIndex current = m_view.currentIndex();
    m_current = current.data(RunTableModel::RunIdRole).toLongLong();
    m_column = std::max(current.column(), 0);
    m_scroll = m_view.horizontalScrollBar()->value();
    m_selection.clear();
    for (const QModelIndex& index : m_view.selectionModel()->selectedRows())
        m_selection.insert(index.data(RunTableModel::RunIdRole).toLongLong());
    m_selection.erase(0);
}

void KeptRows::putBack()
{
    const RunGroups& groups = m_model.groups();
    if (groups.isGrouped()) {
        const QSignalBlocker quiet(&m_view);
        for (std::size_t group = 0; group < groups.size(); ++group) {
            if (groups.size() <= kMany && !m_closed.contains(groups.at(group).key))
                m_view.expand(m_model.index(static_cast<int>(group), 0));
        }
    }
    QItemSelectionModel* const selected = m_view.selectionModel();
    if (const QModelIndex current = m_model.indexOf(m_current, m_column); current.isValid())
        selected->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    QItemSelection selection;
    for (const qint64 run : m_selection) {
        if (const QModelIndex index = m_model.indexOf(run); index.isValid())
            selection.select(index, index.siblingAtColumn(m_model.columnCount() - 1));
    }
    selected->select(selection, QItemSelectionModel::ClearAndSelect);
}

} // namespace nabiz::ui
