// SPDX-License-Identifier: GPL-3.0-or-later
// All runs as a table, or a tree of groups, for a view that asks for what it shows alone: what the cells say, and what
// becomes of what is typed into them. What people change is asked for by signal and shown when the catalog has it.
// GUI thread.
#pragma once

#include "ui/models/run_table_rows.h"

namespace nabiz::ui {

class CheckedRuns;

class RunTableModel : public RunTableRows {
    Q_OBJECT
public:
    enum Role {
        RunIdRole = Qt::UserRole, // 0 of a group
        StatusRole,
        CreatedRole, // of a run: milliseconds
        RawRole, // a best loss that is the raw minimum
        GroupCountRole,
        GroupBestRole, // best loss of its runs, as text; empty where none has one
        GroupMeanRole
    };

    RunTableModel(RunCatalog& catalog, CheckedRuns& checked, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // For the clipboard; empty for a run that is gone.
    QString plainText(qint64 run, const RunColumn& column) const;
    // The different values of a column, at most `most`: what can be completed.
    QStringList values(const QString& key, qsizetype most) const;
    // Whether two of the runs have different values.
    bool differs(const RunColumn& column) const;

Q_SIGNALS:
    void renameRequested(qint64 run, const QString& name);
    void noteRequested(qint64 run, const QString& note);
    void tagsRequested(qint64 run, const QStringList& tags);

private:
    QVariant groupData(const RunGroup& group, int column, int role) const;
    QString shownText(const storage::RunOverview& run, const RunColumn& column) const;
    QVariant runData(const storage::RunOverview& run, int column, int role) const;
    QVariant toolTip(const storage::RunOverview& run, const RunColumn& column) const;

    RunCatalog& m_catalog;
    CheckedRuns& m_checked;
};

} // namespace nabiz::ui
