// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/process/application.h"

#include "app/gui/process/mistakes.h"

namespace nabiz::app {

bool Application::notify(QObject* receiver, QEvent* event)
{
    try {
        return QApplication::notify(receiver, event);
    } catch (...) {
        tellMistake();
        return true;
    }
}

} // namespace nabiz::app
