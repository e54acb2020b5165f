// SPDX-License-Identifier: GPL-3.0-or-later
// Under the run list: the run that trains and those that wait in the queue, in order, with what can be done to them,
// in place and by keys, and when all will have ended. Hidden while nothing waits. GUI thread.
#pragma once

#include "ui/requests/run_order.h"

#include <QFrame>
#include <QList>
#include <QTimer>

class QLabel;
class QListWidget;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class RunCatalog;

class QueuePanel : public QFrame {
    Q_OBJECT
public:
    explicit QueuePanel(RunCatalog& catalog, QWidget* parent = nullptr);

    // In order; `served`: they go on by themselves.
    void setQueue(const QList<qint64>& runs, bool served);
    // What trains; 0 for nothing.
    void setActive(qint64 run);
    int waiting() const { return static_cast<int>(m_runs.size()); }
    // Something waits and will start by itself.
    bool goesOn() const { return m_served && !m_runs.isEmpty(); }

Q_SIGNALS:
    void ordered(const nabiz::ui::QueueOrder& order);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void assemble();
    void retranslateUi();
    void fill();
    void showTimes();
    void showButtons();
    void move(int by);
    void remove();
    void tellDrop();

    RunCatalog& m_catalog;
    QList<qint64> m_runs;
    qint64 m_active = 0;
    bool m_served = false;
    QTimer m_timesTimer;
    QLabel* m_title;
    QLabel* m_trains;
    QLabel* m_ends;
    QLabel* m_hint;
    QListWidget* m_list;
    QPushButton* m_serve;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
};

} // namespace nabiz::ui
