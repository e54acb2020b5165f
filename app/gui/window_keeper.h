// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the window's place: restores size, page, drafts and choices when the program starts, and remembers them shortly
// after each change and when it is closed. A window closed while a run goes on only hides; the program ends when
// nothing runs any more. GUI thread.
#pragma once

#include "app/gui/language.h"
#include "app/gui/settings.h"
#include "app/gui/window_controller.h"
#include "ui/window/main_window.h"

#include <QObject>
#include <QTimer>

namespace nabiz::app {

class WindowKeeper : public QObject {
    Q_OBJECT
public:
    WindowKeeper(ui::MainWindow& window, WindowController& controller, Settings& settings);

    // `preset` empty = the last one, at the last place.
    void restore(const QString& preset);
    void save();
    // What is chosen in the menu is applied at once, and kept.
    void followChoices(Language& language);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void restoreGeometry();
    void onOpened(const QString& file);
    void saveSelection();
    void endWhenDone();

    ui::MainWindow& m_window;
    WindowController& m_controller;
    Settings& m_settings;
    QString m_database; // whose runs are selected
    QTimer m_soon; // after a change
};

} // namespace nabiz::app
