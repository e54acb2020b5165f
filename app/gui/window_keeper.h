// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the window's place: restores size, state, page and preset when the program starts, and remembers them when it is
// closed. A window closed while a run goes on only hides; the program ends when nothing runs any more. GUI thread.
#pragma once

#include "app/gui/settings.h"
#include "app/gui/window_controller.h"
#include "ui/main_window.h"

#include <QObject>

namespace nabiz::app {

class WindowKeeper : public QObject {
    Q_OBJECT
public:
    WindowKeeper(ui::MainWindow& window, WindowController& controller, Settings& settings);

    // `preset` empty = the last one, at the last place.
    void restore(const QString& preset);
    void save();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void endWhenDone();

    ui::MainWindow& m_window;
    WindowController& m_controller;
    Settings& m_settings;
};

} // namespace nabiz::app
