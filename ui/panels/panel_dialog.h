// SPDX-License-Identifier: GPL-3.0-or-later
// What a panel shows: metrics found by a search and checked, patterns of names, its title, its axes.
// GUI thread.
#pragma once

#include "ui/models/panel_layout.h"

#include <QDialog>
#include <string>
#include <vector>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace nabiz::ui {

class MetricNames;

class PanelDialog : public QDialog {
    Q_OBJECT
public:
    // `names`: of the metrics that there are. `panel` as it is before.
    PanelDialog(std::vector<std::string> names, const PanelSpec& panel, QWidget* parent = nullptr);

    PanelSpec panel() const;

Q_SIGNALS:
    void chosen(const nabiz::ui::PanelSpec& panel);

private:
    void assemble();
    void connectParts();
    void addPattern();
    void showChosen();

    const PanelSpec m_before;
    MetricNames* m_names;
    QLineEdit* m_title;
    QLineEdit* m_search;
    QPushButton* m_pattern;
    QListView* m_list;
    QLabel* m_chosen;
    QPushButton* m_none;
    QCheckBox* m_log;
    QCheckBox* m_linked;
    QDialogButtonBox* m_buttons;
};

} // namespace nabiz::ui
