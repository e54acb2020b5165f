// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the focus in its place when the control that has it is hidden or disabled by the state of things. Left alone it
// would jump to the next control, which Space then presses unseen: from Pause to Stop. It goes to what the control
// stands in instead, and back to the control when that returns. One a window. GUI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace nabiz::ui {

class FocusKeeper : public QObject {
    Q_OBJECT
public:
    explicit FocusKeeper(QWidget& window);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void onFocusChanged(QWidget* now);
    void wait(QWidget* lost, QWidget* place);

    QWidget& m_window;
    QPointer<QWidget> m_last; // had the focus last
    QPointer<QWidget> m_lost; // would get it back
    QPointer<QWidget> m_place; // while this has it
};

} // namespace nabiz::ui
