// SPDX-License-Identifier: GPL-3.0-or-later
// The view of the run table: sorting by the header, keys, menus, and what is selected. Its columns are kept by
// RunTableColumns, its selection over another filter, order or grouping by KeptRows. GUI thread.
#pragma once

#include "ui/models/run_table_model.h"
#include "ui/table/kept_rows.h"
#include "ui/table/pinned_tree.h"

namespace nabiz::ui {

class RunTableColumns;
class RunTableDelegate;

class RunTableView : public PinnedTree {
    Q_OBJECT
public:
    explicit RunTableView(RunTableModel& model, QWidget* parent = nullptr);

    qint64 currentRun() const; // 0 = none, or a group
    void setCurrentRun(qint64 run);
    QList<qint64> selectedRuns() const; // in the order shown; without a selection the current one
    void copySelection() const; // as tab-separated values, with a line of names
    void editField(storage::RunField field);

    RunTableColumns& columns() const { return *m_columns; }
    void expandGroups(bool expanded);
    void reset() override;

Q_SIGNALS:
    void watchRequested(qint64 run);
    void starRequested(const QList<qint64>& runs, bool starred);
    void trashRequested(const QList<qint64>& runs);
    void menuRequested(const QPoint& position); // global
    void headerMenuRequested(int column, const QPoint& position);
    void layoutEdited();

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyboardSearch(const QString&) override { } // letters are commands

private:
    void connectView();
    void sortBy(int column, bool isAdded);
    void toggleChecks();
    void toggleStars();
    bool onCommandKey(QKeyEvent* event);

    RunTableModel& m_model;
    RunTableDelegate* m_delegate;
    RunTableColumns* m_columns;
    KeptRows m_rows;
};

} // namespace nabiz::ui
