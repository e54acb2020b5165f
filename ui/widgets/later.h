// SPDX-License-Identifier: GPL-3.0-or-later
// Does something once when the event loop is reached again, however often it was asked for until then. Whoever tells
// all widgets of another look goes through a list of them: none may be gone before it is at its end. GUI thread.
#pragma once

#include <QObject>
#include <functional>

namespace nabiz::ui {

class Later : public QObject {
    Q_OBJECT
public:
    Later(std::function<void()> job, QObject* parent);

    void ask();

private:
    const std::function<void()> m_job;
    bool m_isAsked = false;
};

} // namespace nabiz::ui
