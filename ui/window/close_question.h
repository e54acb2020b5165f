// SPDX-License-Identifier: GPL-3.0-or-later
// Asked once when the window is closed while a run is live, and taken back when that run ends meanwhile.
// GUI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

class QWidget;

namespace nabiz::ui {

class CloseDialog;

class CloseQuestion : public QObject {
    Q_OBJECT
public:
    explicit CloseQuestion(QWidget& window);

    void ask(qint64 run, const QString& name, int waiting);
    // The run that is live now, or 0: a question about another one is no more.
    void setLiveRun(qint64 run);

Q_SIGNALS:
    void keepRunningChosen();
    void stopAndSaveChosen();

private:
    QWidget& m_window;
    QPointer<CloseDialog> m_dialog;
    qint64 m_run = 0; // it is about
};

} // namespace nabiz::ui
