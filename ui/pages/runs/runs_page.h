// SPDX-License-Identifier: GPL-3.0-or-later
// Runs: all runs as a table that is filtered, sorted, grouped and edited, and the trash behind it. It asks for what
// must be done by signal. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"

#include <QString>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace nabiz::ui {

class CheckedRuns;
class EmptyPlace;
class FilterEdit;
class RunCatalog;
class RunTableModel;
class RunTableView;
class RunsLists;
class RunViews;
class RunsMenus;
class SelectedRuns;
class TrashView;

class RunsPage : public PageWidget {
    Q_OBJECT
public:
    RunsPage(RunCatalog& catalog, CheckedRuns& checked, QWidget* parent = nullptr);
    ~RunsPage() override;

    qint64 currentRun() const; // 0 = none
    void setCurrentRun(qint64 run);
    std::vector<storage::RunId> shownRuns() const; // that the filter leaves
    // Columns, sort, grouping and filter: for the program's settings.
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    // As the pictures of it want: a filter is part of what is shown.
    void setFilter(const QString& text);

Q_SIGNALS:
    void currentChanged();
    void shownChanged();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QJsonObject shownView() const; // what a view keeps
    void showView(const QJsonObject& view);
    void assemble();
    void connectFilter();
    void connectTable();
    void connectButtons();
    // Counts, buttons and what stands in an empty table's place.
    void showContent();
    void showState();
    void retranslateUi();

    RunCatalog& m_catalog;
    CheckedRuns& m_checked;
    RunTableModel* m_model;
    FilterEdit* m_filter;
    QToolButton* m_help;
    RunViews* m_views;
    QPushButton* m_group;
    QPushButton* m_columns;
    QPushButton* m_trashButton;
    QLabel* m_state; // counts, or what is wrong with the filter
    RunTableView* m_table;
    SelectedRuns* m_selected;
    RunsMenus* m_menus;
    RunsLists* m_lists;
    EmptyPlace* m_empty;
    QStackedWidget* m_stack; // the table, or what stands in its place
    TrashView* m_trash;
    QStackedWidget* m_places; // the runs, or the trash
    QString m_problem; // with the filter
    bool m_isUnfinished = false;
};

} // namespace nabiz::ui
