// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader of the run table has made of its rows, and what outlives another filter, order or grouping: the current
// run, those that are selected, the groups that are closed, and how far it is scrolled. What a filter hides comes back
// with it, until other runs are selected; what has gone for another database does not.
// GUI thread.
#pragma once

#include <QString>
#include <QtGlobal>
#include <map>
#include <set>

class QModelIndex;
class QTreeView;

namespace nabiz::ui {

class RunTableModel;

class KeptRows {
public:
    KeptRows(QTreeView& view, const RunTableModel& model);

    void setOpen(const QModelIndex& group, bool open);
    void noteCurrent();
    void noteSelection();
    void noteScroll();
    // After the model's reset, and the one of its selection.
    void putBack();
    // Once the view has laid out its rows: where it was, or to the current row when that has left from sight.
    void scrollBack();

private:
    // A run, or a group: where `run` is 0.
    struct Row {
        qint64 run = 0, created = 0;
        QString group;
    };

    QModelIndex indexOf(const Row& row, int column) const;
    void openGroups();
    void selectRuns();

    QTreeView& m_view;
    const RunTableModel& m_model;
    std::set<QString> m_closed; // keys of groups
    Row m_current;
    int m_column = 0;
    int m_across = 0, m_down = 0; // scrolled
    bool m_isInSight = false; // the current row
    std::map<qint64, qint64> m_selection; // runs, and when they were created: another database counts them anew
    bool m_isPuttingBack = false;
};

} // namespace nabiz::ui
