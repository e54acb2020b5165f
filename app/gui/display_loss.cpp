// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/display_loss.h"

#include "app/run/exit_code.h"

#include <QString>
#include <cstdlib>
#include <utility>

namespace nabiz::app {

namespace {

std::function<void()> s_will;
QtMessageHandler s_before = nullptr;

// As Qt 6's plugins for X11 and Wayland put it; nothing but these words is told of it.
bool isLoss(const QString& message)
{
    return message.startsWith(QLatin1String("The X11 connection broke"))
        || message.startsWith(QLatin1String("The Wayland connection broke"));
}

void hear(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    s_before(type, context, message);
    if (!isLoss(message))
        return;
    if (const auto will = std::exchange(s_will, nullptr)) {
        will();
        std::_Exit(kExitFailed);
    }
}

// Whoever else calls exit(): what is destroyed is what threads still use. The run is found interrupted.
void onExit()
{
    if (s_will)
        std::_Exit(kExitFailed);
}

} // namespace

DisplayLoss::DisplayLoss(std::function<void()> lastWill)
{
    s_will = std::move(lastWill);
    s_before = qInstallMessageHandler(hear);
    static const int registered = std::atexit(onExit);
    static_cast<void>(registered);
}

DisplayLoss::~DisplayLoss()
{
    s_will = nullptr;
    qInstallMessageHandler(s_before);
}

} // namespace nabiz::app
