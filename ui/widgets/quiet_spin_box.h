// SPDX-License-Identifier: GPL-3.0-or-later
// A box of a number that the wheel changes only while it has the focus, like the boxes of choices beside it.
// GUI thread.
#pragma once

#include <QSpinBox>
#include <QWheelEvent>

namespace nabiz::ui {

class QuietSpinBox : public QSpinBox {
public:
    using QSpinBox::QSpinBox;

protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QSpinBox::wheelEvent(event) : event->ignore(); }
};

} // namespace nabiz::ui
