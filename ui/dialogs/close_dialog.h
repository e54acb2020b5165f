// SPDX-License-Identifier: GPL-3.0-or-later
// Asked when the window is closed while a run is live: progress would be lost, so it is not decided for the user.
// GUI thread.
#pragma once

#include <QDialog>

namespace nabiz::ui {

class CloseDialog : public QDialog {
    Q_OBJECT
public:
    enum class Choice { Cancel, KeepRunning, StopAndSave };

    CloseDialog(const QString& runName, int waiting, QWidget* parent = nullptr);

    Choice choice() const { return m_choice; }

private:
    void choose(Choice choice);

    Choice m_choice = Choice::Cancel;
};

} // namespace nabiz::ui
