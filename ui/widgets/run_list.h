// SPDX-License-Identifier: GPL-3.0-or-later
// The left column of every page: all runs, which one is looked at and which are shown in charts.
// GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QWidget>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QSortFilterProxyModel;

namespace nabiz::ui {

class CheckedRuns;
class RunCatalog;
class RunListModel;

class RunList : public QWidget {
    Q_OBJECT
public:
    explicit RunList(RunCatalog& catalog, QWidget* parent = nullptr);

    qint64 current() const; // 0 = none
    void setCurrent(qint64 run);
    std::vector<storage::RunId> checked() const; // in the order of the list
    void setChecked(const std::vector<storage::RunId>& runs);
    void check(qint64 run);
    CheckedRuns& checks() const;
    // Whether Start is in sight: only then it is spoken of.
    void setStartShown(bool shown);

Q_SIGNALS:
    // By hand; -1: as usual.
    void colorChosen(qint64 run, int number);
    void selectionChanged(); // current or checked
    void renameRequested(qint64 run, const QString& name);
    void editAsNewRequested(qint64 run);
    void resumeRequested(qint64 run, bool asks);
    void starRequested(const QList<qint64>& runs, bool starred);
    void trashRequested(const QList<qint64>& runs);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addShortcuts();
    void toggleStar();
    void showMenu(const QPoint& position);
    void addColors(QMenu& menu, storage::RunId run);
    void showEmpty();
    void retranslateUi();

    RunListModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QListView* m_view;
    QLabel* m_empty;
    bool m_startShown = true;
};

} // namespace nabiz::ui
