// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader of the run table has made of its rows, and what outlives another filter, order or grouping: the current
// run, those that are selected, the groups that are closed, and how far it is scrolled sideways.
// GUI thread.
#pragma once

#include <QString>
#include <QtGlobal>
#include <set>

class QModelIndex;
class QTreeView;

namespace nabiz::ui {

class RunTableModel;

class KeptRows {
public:
    KeptRows(QTreeView& view, const RunTableModel& model);

    void setOpen(const QModelIndex& group, bool open);
    void remember();
    // After the model's reset; how far to scroll is left to the view, once it has laid out its rows.
    void putBack();
    int scroll() const { return m_scroll; }

private:
    QTreeView& m_view;
    const RunTableModel& m_model;
    std::set<QString> m_closed; // keys of groups
    qint64 m_current = 0;
    int m_column = 0;
    int m_scroll = 0;
    std::set<qint64> m_selection;
};

} // namespace nabiz::ui
