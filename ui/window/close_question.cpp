// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/close_question.h"

#include "ui/dialogs/close_dialog.h"

namespace nabiz::ui {

CloseQuestion::CloseQuestion(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
}

void CloseQuestion::ask(qint64 run, const QString& name, int waiting)
{
    if (m_dialog)
        return;
    m_run = run;
    auto* dialog = new CloseDialog(name, waiting, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog = dialog;
    connect(dialog, &QDialog::finished, this, [this, dialog] {
        if (dialog->choice() == CloseDialog::Choice::KeepRunning)
            Q_EMIT keepRunningChosen();
        else if (dialog->choice() == CloseDialog::Choice::StopAndSave)
            Q_EMIT stopAndSaveChosen();
    });
    dialog->open();
}

void CloseQuestion::setLiveRun(qint64 run)
{
    if (m_dialog && run != m_run)
        m_dialog->reject();
}

} // namespace nabiz::ui
