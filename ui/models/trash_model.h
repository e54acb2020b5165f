// SPDX-License-Identifier: GPL-3.0-or-later
// What is in the trash, as rows: name, when it was put there, what it reached, and what deleting it for good would
// free. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QAbstractTableModel>

namespace nabiz::ui {

class RunCatalog;

class TrashModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Deleted, Status, Best, Batches, Size, ColumnCount };

    explicit TrashModel(RunCatalog& catalog, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const storage::TrashedRun& at(int row) const;
    void retranslate();

private:
    RunCatalog& m_catalog;
};

} // namespace nabiz::ui
