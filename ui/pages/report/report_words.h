// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a report that are a person's own: problem, applied solution, conclusion. They are kept with the run as
// they are written, shortly after the last key, and when the field is left. GUI thread.
#pragma once

#include "ui/widgets/card.h"

#include <QTimer>
#include <array>
#include <map>
#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace nabiz::ui {

class ReportWords : public Card {
    Q_OBJECT
public:
    explicit ReportWords(QWidget* parent = nullptr);

    // The words of a run; another run's are given back first. What is being written is not overwritten by what came
    // before it.
    void showRun(qint64 run, const std::map<std::string, std::string>& texts);
    // What might stand in a field that is empty, taken over by a button and then a person's own to edit.
    void propose(const QString& problem, const QString& solution);
    // Gives what has been written and not been given yet.
    void commit();

Q_SIGNALS:
    void edited(qint64 run, const QString& name, const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        const char* name;
        QLabel* label = nullptr;
        QPlainTextEdit* edit = nullptr;
        QString kept; // what the run has, or will have
        QString proposed;
        QPushButton* take = nullptr;
    };
    void fit(Field& field);
    void showProposal(Field& field);
    void retranslateUi();

    std::array<Field, 3> m_fields { { { "problem" }, { "solution" }, { "conclusion" } } };
    qint64 m_run = 0;
    QTimer m_pause;
};

} // namespace nabiz::ui
