// SPDX-License-Identifier: GPL-3.0-or-later
// What lets interrupted runs go on by themselves: whether it is set up, and two buttons that set it up and take it
// away. What stands in the way is said in place. GUI thread.
#pragma once

#include "ui/requests/guard_state.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace nabiz::ui {

class GuardDialog : public QDialog {
    Q_OBJECT
public:
    explicit GuardDialog(const QString& database, QWidget* parent = nullptr);

    // The answer to either request. `refusal`: why it was not carried out; empty: it was.
    void setState(const GuardState& state, const QString& refusal);

Q_SIGNALS:
    void installRequested();
    void removeRequested();

private:
    void assemble();
    void ask(void (GuardDialog::*request)());

    const QString m_database;
    QLabel* m_state;
    QLabel* m_refusal;
    QPushButton* m_install;
    QPushButton* m_remove;
};

} // namespace nabiz::ui
