// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_keeper.h"

#include <QApplication>
#include <QEvent>

#include <utility>

namespace nabiz::ui {

namespace {

bool canHaveFocus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled();
}

} // namespace

FocusKeeper::FocusKeeper(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { onFocusChanged(now); });
}

void FocusKeeper::onFocusChanged(QWidget* now)
{
    if (!now || now == m_last || now->window() != &m_window)
        return;
    QWidget* const last = std::exchange(m_last, QPointer<QWidget>(now));
    if (now != m_place)
        wait(nullptr, nullptr);
    if (!last || !m_window.isAncestorOf(last) || canHaveFocus(*last))
        return;
    QWidget* place = last->parentWidget();
    while (place && !canHaveFocus(*place))
        place = place->parentWidget();
    if (!place || place == now)
        return;
    wait(last, place);
    place->setFocus(Qt::OtherFocusReason);
}

void FocusKeeper::wait(QWidget* lost, QWidget* place)
{
    if (m_lost)
        m_lost->removeEventFilter(this);
    m_lost = lost;
    m_place = place;
    if (lost)
        lost->installEventFilter(this);
}

bool FocusKeeper::eventFilter(QObject* object, QEvent* event)
{
    const bool returns = event->type() == QEvent::Show || event->type() == QEvent::EnabledChange;
    QWidget* const lost = m_lost;
    if (returns && object == lost && m_place && m_place == QApplication::focusWidget() && canHaveFocus(*lost)) {
        wait(nullptr, nullptr);
        lost->setFocus(Qt::OtherFocusReason);
    }
    return QObject::eventFilter(object, event);
}

} // namespace nabiz::ui
