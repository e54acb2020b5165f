// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the Runs page and how they act on each other. For runs_page*.cpp alone.
// GUI thread.
#pragma once

#include "ui/models/run_table_model.h"
#include "ui/pages/runs/runs_page.h"

#include <QPointer>

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace nabiz::ui {

class ChoicePopup;
class FilterEdit;
class RunTableView;
class TrashView;

class RunsPage::Private {
public:
    Private(RunsPage& page, RunCatalog& catalog, CheckedRuns& checked);

    void assemble();
    QWidget* makeEmpty();
    void connectFilter();
    void connectTable();
    void connectButtons();
    void openColumns();
    void openGroups();
    // Of the selected runs: a check for a tag that all of them have; a new one is typed.
    void openTags();
    void setTag(const QString& tag, bool on);
    void showHelp();
    void showMenu(const QPoint& at);
    void showHeaderMenu(int column, const QPoint& at);
    void showInCharts(const QList<qint64>& runs, bool on);
    void onEmptyButton();
    // Counts, buttons and what stands in an empty table's place.
    void update();
    void showState();
    void retranslateUi();
    QString groupTitle(const QString& key) const;

    RunsPage& page;
    RunCatalog& catalog;
    CheckedRuns& checked;
    RunTableModel* model;
    FilterEdit* filter;
    QToolButton* help;
    QPushButton* group;
    QPushButton* columns;
    QPushButton* trashButton;
    QLabel* state; // counts, or what is wrong with the filter
    QPushButton *compare, *report, *tags, *star, *clone, *remove;
    QList<QPushButton*> selectionButtons() const { return { compare, report, tags, star, clone, remove }; }
    QStackedWidget* stack;
    RunTableView* table;
    QWidget* empty;
    QLabel* emptyText;
    QPushButton* emptyButton;
    TrashView* trash;
    QStackedWidget* places; // the runs, or the trash
    ChoicePopup* columnPopup;
    ChoicePopup* groupPopup;
    ChoicePopup* tagPopup;
    QString problem;
    bool isUnfinished = false;
};

} // namespace nabiz::ui
