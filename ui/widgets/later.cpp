// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/later.h"

#include <utility>

namespace nabiz::ui {

Later::Later(std::function<void()> job, QObject* parent)
    : QObject(parent)
    , m_job(std::move(job))
{
}

void Later::ask()
{
    if (std::exchange(m_isAsked, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isAsked = false;
            m_job();
        },
        Qt::QueuedConnection);
}

} // namespace nabiz::ui
