// SPDX-License-Identifier: GPL-3.0-or-later
// The QApplication whose event loop outlives a mistake: what a slot or an event handler throws is told in the window,
// and a run that trains goes on. GUI thread.
#pragma once

#include <QApplication>

namespace nabiz::app {

class Application : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;
};

} // namespace nabiz::app
