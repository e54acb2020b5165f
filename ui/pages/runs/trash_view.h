// SPDX-License-Identifier: GPL-3.0-or-later
// The trash of the Runs page: put back, or delete for good, which is asked once more in place with name and size, since
// nothing brings it back. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/requests/run_edit.h"

#include <QFrame>
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace nabiz::ui {

class RunCatalog;
class TrashModel;

class TrashView : public QWidget {
    Q_OBJECT
public:
    explicit TrashView(RunCatalog& catalog, QWidget* parent = nullptr);

    void retranslateUi();

Q_SIGNALS:
    void backRequested();
    void editRequested(const nabiz::ui::RunEdit& edit);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makeQuestion();
    void ask();
    void update();
    void selectAgain();
    QList<qint64> selected() const;

    RunCatalog& m_catalog;
    TrashModel* m_model;
    QPushButton* m_back;
    QLabel* m_title;
    QPushButton* m_restore;
    QPushButton* m_delete;
    QTreeView* m_view;
    QLabel* m_empty;
    QFrame* m_question;
    QLabel* m_asked;
    QPushButton* m_confirm;
    QPushButton* m_keep;
    QList<qint64> m_doomed; // asked about
    QList<qint64> m_chosen; // outlives the model's reset, which takes the selection away
    int m_row = 0; // of the first of them
};

} // namespace nabiz::ui
