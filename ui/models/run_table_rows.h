// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows the run table has, as a list or a tree of groups: what a RunTableModel shows in them is not known here. A
// change of one run changes, moves, adds or removes its one row; only another filter, order or grouping arranges all
// anew. GUI thread.
#pragma once

#include "ui/models/run_groups.h"

#include <QAbstractItemModel>
#include <QTimer>
#include <set>

namespace nabiz::ui {

class RunTableRows : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit RunTableRows(RunCatalog& catalog, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;

    const RunColumns& columns() const { return m_columns; }
    const RunGroups& groups() const { return m_groups; }
    void setFilter(trainer::FilterExpression filter);
    void setSort(std::vector<RunSort> sort);
    const std::vector<RunSort>& sorting() const { return m_arrangement.sort(); }
    void setGroupKey(const QString& key);
    const QString& groupKey() const { return m_arrangement.groupKey(); }
    // Its first row; invalid when it is not shown.
    QModelIndex indexOf(qint64 run, int column = 0) const;
    void retranslate();

Q_SIGNALS:
    void countChanged();

protected:
    qint64 runAt(const QModelIndex& index) const; // 0 = a group
    QModelIndex groupIndex(std::size_t group) const;

private:
    void arrange();
    void refresh(qint64 run);
    void refreshLate(qint64 run);
    void removeRow(RunPlace place);
    void insertRow(const storage::RunOverview& run, RunGroup group);
    void moveRow(const storage::RunOverview& run, RunPlace place);
    void onParameters(const QList<qint64>& runs, bool keysAdded);

    RunCatalog& m_catalog;
    RunColumns m_columns;
    RunArrangement m_arrangement;
    RunGroups m_groups;
    std::set<qint64> m_waiting; // runs with new points
    QTimer m_later;
};

} // namespace nabiz::ui
