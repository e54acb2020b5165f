// SPDX-License-Identifier: GPL-3.0-or-later
// The view of the run table: its columns with their order and widths, sorting by the header, keys, and what is
// selected, which outlives another filter, order or grouping. GUI thread.
#pragma once

#include "ui/models/run_table_model.h"

#include <QHash>
#include <QJsonObject>
#include <QTreeView>
#include <set>

namespace nabiz::ui {

class PinnedHeader;
class RunTableDelegate;

class RunTableView : public QTreeView {
    Q_OBJECT
public:
    explicit RunTableView(RunTableModel& model, QWidget* parent = nullptr);

    qint64 currentRun() const; // 0 = none, or a group
    void setCurrentRun(qint64 run);
    QList<qint64> selectedRuns() const; // in the order shown; without a selection the current one
    void copySelection() const; // as tab-separated values, with a line of names
    void editField(storage::RunField field);

    bool isColumnShown(int column) const { return !isColumnHidden(column); }
    void showOnly(int column, bool shown); // one column, wide enough
    void resetColumns();
    // Columns in their order with their widths, sort and grouping; for the program's settings.
    QJsonObject layoutState() const;
    void restoreLayout(const QJsonObject& stored);
    void expandGroups(bool expanded);
    // Titles have other lengths in another language.
    void retranslate();

    void reset() override;
    // The name stays in sight while the other columns are scrolled.
    QModelIndex indexAt(const QPoint& point) const override;
    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    void watchRequested(qint64 run);
    void starRequested(const QList<qint64>& runs, bool starred);
    void trashRequested(const QList<qint64>& runs);
    void menuRequested(const QPoint& position); // global
    void headerMenuRequested(int column, const QPoint& position);
    void layoutEdited();

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyboardSearch(const QString&) override { } // letters are commands

private:
    void connectView();
    void paintPinned(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void sortBy(int column, bool isAdded);
    void toggleChecks();
    void toggleStars();
    void remember();
    void setUpColumns(int from);
    int defaultWidth(int column) const;
    void fit(int column);
    bool isFitted(int column) const;
    int lastShown() const;
    bool onCommandKey(QKeyEvent* event);

    RunTableModel& m_model;
    PinnedHeader* m_header;
    RunTableDelegate* m_delegate;
    int m_known = 0; // columns that have been set up
    QJsonObject m_restored; // told again when columns are added
    QHash<int, int> m_fitted; // columns and the widths they were given
    std::set<QString> m_collapsed; // keys of groups
    qint64 m_keptCurrent = 0;
    int m_keptColumn = 0;
    int m_keptScroll = 0;
    std::set<qint64> m_keptSelection;
};

} // namespace nabiz::ui
