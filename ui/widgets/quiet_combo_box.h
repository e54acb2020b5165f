// SPDX-License-Identifier: GPL-3.0-or-later
// A combo box that the wheel changes only while it has the focus, so that scrolling a form never changes a setting.
// GUI thread.
#pragma once

#include <QComboBox>
#include <QWheelEvent>

namespace nabiz::ui {

class QuietComboBox : public QComboBox {
    Q_OBJECT
public:
    explicit QuietComboBox(QWidget* parent = nullptr)
        : QComboBox(parent)
    {
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore(); // the form scrolls
    }
};

} // namespace nabiz::ui
