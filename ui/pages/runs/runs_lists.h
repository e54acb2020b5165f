// SPDX-License-Identifier: GPL-3.0-or-later
// The lists that open under the buttons of the Runs page: columns, groups, and the tags of the selected runs.
// GUI thread.
#pragma once

#include "ui/requests/run_edit.h"

#include <QObject>
#include <QString>

class QPushButton;
class QWidget;

namespace nabiz::ui {

class ChoicePopup;
class RunCatalog;
class RunTableModel;
class RunTableView;

class RunsLists : public QObject {
    Q_OBJECT
public:
    RunsLists(RunCatalog& catalog, RunTableModel& model, RunTableView& table, QWidget& page);

    // Opens a list: the arrow stands behind the text.
    static QPushButton* button(const char* name);
    void openColumns(QWidget* under);
    void openGroups(QWidget* under);
    // A check for a tag that all of the selected runs have; a new one is typed.
    void openTags(QWidget* under);
    QString groupTitle(const QString& key) const;
    void retranslateUi();

Q_SIGNALS:
    void grouped();
    void editRequested(const nabiz::ui::RunEdit& edit);

private:
    void setTag(const QString& tag, bool on);

    RunCatalog& m_catalog;
    RunTableModel& m_model;
    RunTableView& m_table;
    ChoicePopup* m_columns;
    ChoicePopup* m_groups;
    ChoicePopup* m_tags;
};

} // namespace nabiz::ui
