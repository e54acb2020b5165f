// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as a table: a column a run, the baseline first; settings that differ above what came out.
// GUI thread.
#pragma once

#include "ui/models/comparison.h"

#include <QAbstractTableModel>

namespace nabiz::ui {

class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        ValueRole = Qt::UserRole, // the value alone, for people
        PlaceRole, // "at 400"
        ChangeRole, // from the baseline, for people
        BetterRole, // int: 1 better than the baseline, −1 worse, 0 neither
        BestRole, // bool
        SettingRole // bool: a row of the settings
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(Comparison comparison);
    const Comparison& comparison() const { return m_comparison; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVariant settingData(const ParameterDifference& setting, int column, int role) const;
    QVariant outcomeData(const OutcomeRow& row, int column, int role) const;

    Comparison m_comparison;
};

} // namespace nabiz::ui
