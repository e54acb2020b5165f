// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a RunCatalog as rows, newest first, with what the window adds to them: which are shown in charts.
// GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QAbstractListModel>
#include <vector>

namespace nabiz::ui {

class CheckedRuns;
class RunCatalog;

class RunListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        RunIdRole = Qt::UserRole,
        StatusRole,
        StatusTextRole,
        LossTextRole,
        CommandRole,
        FilterRole,
        StarredRole,
        GoesOnRole // has ended before its end, and may be resumed
    };

    explicit RunListModel(RunCatalog& catalog, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    // Renaming asks by renameRequested; the row changes when the catalog has the new name.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    CheckedRuns& checks() const { return *m_checked; }
    QModelIndex indexOf(qint64 run) const;
    qint64 runAt(const QModelIndex& index) const;
    void setChecked(qint64 run, bool checked);
    void setChecked(const std::vector<storage::RunId>& runs);
    // In the order of the list.
    std::vector<storage::RunId> checked() const;
    // All texts anew, after a change of language.
    void retranslate();

Q_SIGNALS:
    void checkedChanged();
    void renameRequested(qint64 run, const QString& name);
    void starRequested(qint64 run, bool starred);

private:
    void onReset();
    void onAdded(qint64 run);
    void onChanged(qint64 run);
    void onRemoved(qint64 run);

    // Where the run stands, or would.
    std::vector<storage::RunId>::const_iterator place(storage::RunId run) const;

    RunCatalog& m_catalog;
    std::vector<storage::RunId> m_rows; // by falling id, as the catalog has them
    CheckedRuns* m_checked;
};

} // namespace nabiz::ui
