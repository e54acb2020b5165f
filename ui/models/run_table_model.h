// SPDX-License-Identifier: GPL-3.0-or-later
// All runs as a table, or a tree of groups, for a view that asks for what it shows alone. A change of one run changes,
// moves, adds or removes its one row; only another filter, order or grouping arranges all anew. What people change is
// asked for by signal and shown when the catalog has it. GUI thread.
#pragma once

#include "ui/models/run_arrangement.h"

#include <QAbstractItemModel>
#include <QTimer>
#include <set>

namespace nabiz::ui {

class CheckedRuns;

class RunTableModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        RunIdRole = Qt::UserRole, // 0 of a group
        StatusRole,
        RawRole, // a best loss that is the raw minimum
        GroupCountRole,
        GroupBestRole, // best loss of its runs, as text; empty where none has one
        GroupMeanRole
    };

    RunTableModel(RunCatalog& catalog, CheckedRuns& checked, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const RunColumns& columns() const { return m_columns; }
    void setFilter(trainer::FilterExpression filter);
    void setSort(std::vector<RunSort> sort);
    const std::vector<RunSort>& sort() const { return m_arrangement.sort(); }
    void setGroupKey(const QString& key);
    const QString& groupKey() const { return m_arrangement.groupKey(); }
    bool isGrouped() const { return m_isGrouped; }
    const std::vector<RunGroup>& groups() const { return m_groups; }
    std::size_t shown() const; // runs, each once
    std::vector<storage::RunId> shownRuns() const;
    // Its first row; invalid when it is not shown.
    QModelIndex indexOf(qint64 run, int column = 0) const;
    // For the clipboard; empty for a run that is gone.
    QString plainText(qint64 run, const RunColumn& column) const;
    // The different values of a column, at most `most`: what can be completed.
    QStringList values(const QString& key, qsizetype most) const;
    // Whether two of the runs have different values.
    bool differs(const RunColumn& column) const;
    void retranslate();

Q_SIGNALS:
    void countChanged();
    void renameRequested(qint64 run, const QString& name);
    void noteRequested(qint64 run, const QString& note);
    void tagsRequested(qint64 run, const QStringList& tags);
    void starRequested(qint64 run, bool starred);

private:
    struct Place {
        std::size_t group = 0, row = 0;
    };

    void arrange();
    void refresh(qint64 run);
    void refreshLate(qint64 run);
    void refreshWaiting();
    std::vector<Place> placesOf(qint64 run) const;
    void removeRow(Place place);
    void insertRow(const storage::RunOverview& run, RunGroup group);
    void moveRow(const storage::RunOverview& run, Place place);
    std::size_t rowFor(const storage::RunOverview& run, const RunGroup& group, std::size_t without) const;
    void onParameters(const QList<qint64>& runs, bool keysAdded);
    qint64 runAt(const QModelIndex& index) const; // 0 = a group
    std::size_t groupAt(quint64 id) const;
    QModelIndex groupIndex(std::size_t group) const;
    QVariant groupData(const RunGroup& group, int column, int role) const;
    QString shownText(const storage::RunOverview& run, const RunColumn& column) const;
    QVariant runData(const storage::RunOverview& run, int column, int role) const;
    QVariant toolTip(const storage::RunOverview& run, const RunColumn& column) const;

    RunCatalog& m_catalog;
    CheckedRuns& m_checked;
    RunColumns m_columns;
    RunArrangement m_arrangement;
    std::vector<RunGroup> m_groups;
    bool m_isGrouped = false;
    std::set<qint64> m_waiting; // runs with new points
    QTimer m_later;
};

} // namespace nabiz::ui
