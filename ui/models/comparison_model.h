// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as a table: a column a run or group, the baseline first; the settings chosen to be shown, under their
// sections where there are many, above what came out. A tree, so that sections open and close. GUI thread.
#pragma once

#include "ui/models/comparison.h"

#include <QAbstractItemModel>

namespace nabiz::ui {

class ComparisonModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        ValueRole = Qt::UserRole, // the value alone, for people
        PlaceRole, // "at 400", "± 0.02", "declared auto"
        ChangeRole, // from the baseline, for people
        BetterRole, // int: 1 better than the baseline, −1 worse, 0 neither
        BestRole, // bool
        KeyRole, // of a setting; empty for results and sections
        EqualRole, // bool: a setting that is the same in all
        SectionRole, // bool: the head of a section of settings
        ColorRole // of the header: the run's
    };
    using QAbstractItemModel::QAbstractItemModel;

    void setComparison(Comparison comparison);
    const Comparison& comparison() const { return m_comparison; }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Section {
        std::string name;
        std::size_t first = 0, count = 0; // of the settings' rows
    };
    int settingsOnTop() const;
    const SettingRow* setting(const QModelIndex& index) const;
    const OutcomeRow* outcome(const QModelIndex& index) const;
    QVariant sectionData(const Section& section, int column, int role) const;
    QVariant settingData(const SettingRow& setting, int column, int role) const;

    Comparison m_comparison;
    std::vector<Section> m_sections; // none where all stand in one list
};

} // namespace nabiz::ui
