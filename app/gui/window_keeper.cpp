// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/window_keeper.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>

namespace nabiz::app {

namespace {
constexpr QSize kFirstSize(1400, 860);
}

WindowKeeper::WindowKeeper(ui::MainWindow& window, WindowController& controller, Settings& settings)
    : m_window(window)
    , m_controller(controller)
    , m_settings(settings)
{
    m_window.installEventFilter(this);
    connect(&controller, &WindowController::becameIdle, this, &WindowKeeper::endWhenDone);
}

void WindowKeeper::restore(const QString& preset)
{
    if (!m_window.restoreGeometry(m_settings.value(Setting::Geometry).toByteArray()))
        m_window.resize(kFirstSize);
    m_window.restoreState(m_settings.value(Setting::WindowState).toByteArray());
    m_window.restoreRunTable(m_settings.value(Setting::RunTable).toByteArray());
    m_window.openPreset(preset.isEmpty() ? m_settings.text(Setting::LastPreset) : preset);
    const auto last = std::clamp(m_settings.number(Setting::LastPage), 0, int(ui::Page::Report));
    m_window.showPage(preset.isEmpty() ? ui::Page(last) : ui::Page::Configure);
}

void WindowKeeper::save()
{
    m_settings.set(Setting::Geometry, m_window.saveGeometry());
    m_settings.set(Setting::WindowState, m_window.saveState());
    m_settings.set(Setting::RunTable, m_window.runTableLayout());
    m_settings.set(Setting::LastPage, int(m_window.page()));
    m_settings.sync();
}

bool WindowKeeper::eventFilter(QObject* object, QEvent* event)
{
    // With a run, the window asks what becomes of it first.
    if (event->type() == QEvent::Close && m_controller.isIdle() && m_controller.keepsOpen()) {
        event->ignore();
        m_controller.secureAndClose();
        return true;
    }
    // A window that is minimised or on another desktop hides too, but spontaneously.
    if (event->type() == QEvent::Hide && !event->spontaneous()) {
        save();
        QMetaObject::invokeMethod(this, &WindowKeeper::endWhenDone, Qt::QueuedConnection);
    }
    return QObject::eventFilter(object, event);
}

void WindowKeeper::endWhenDone()
{
    if (!m_window.isVisible() && m_controller.isIdle())
        QCoreApplication::exit(0);
}

} // namespace nabiz::app
