// SPDX-License-Identifier: GPL-3.0-or-later
// The scatter's points as a table, for those who read or sort rather than look.
// GUI thread.
#pragma once

#include "ui/models/scatter_data.h"

#include <QAbstractTableModel>

namespace nabiz::ui {

class ScatterTable : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ScatterTable(const RunCatalog& catalog, QObject* parent = nullptr);

    void setData(
        const ScatterData& data, storage::RunField figure, const QString& parameter, const QString& figureName);
    storage::RunId run(int row) const { return m_points[static_cast<std::size_t>(row)].run; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    const RunCatalog& m_catalog;
    std::vector<ScatterPoint> m_points;
    std::vector<QString> m_categories;
    storage::RunField m_figure = storage::RunField::BestLoss;
    QString m_parameter, m_figureName;
};

// A figure's name and its value, for people.
QString figureName(storage::RunField figure);
QString figureText(storage::RunField figure, double value);

} // namespace nabiz::ui
