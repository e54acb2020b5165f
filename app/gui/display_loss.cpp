// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/display_loss.h"

#include "app/run/exit_code.h"

#include <cstdlib>
#include <utility>

namespace nabiz::app {

namespace {

std::function<void()>& will()
{
    static std::function<void()> will;
    return will;
}

void onExit()
{
    if (const auto last = std::exchange(will(), nullptr)) {
        last();
        std::_Exit(kExitFailed);
    }
}

} // namespace

DisplayLoss::DisplayLoss(std::function<void()> lastWill)
{
    will() = std::move(lastWill);
    static const int registered = std::atexit(onExit);
    static_cast<void>(registered);
}

DisplayLoss::~DisplayLoss()
{
    will() = nullptr;
}

} // namespace nabiz::app
