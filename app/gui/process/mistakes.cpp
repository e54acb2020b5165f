// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/process/mistakes.h"

#include "app/run/current_failure.h"

#include <mutex>
#include <utility>

namespace nabiz::app {

namespace {

std::mutex s_mutex; // guards the listener, also while it is called
std::function<void(const trainer::Message&)> s_listener;

} // namespace

void tellMistake()
{
    const trainer::Message failure = currentFailure();
    printFailure(failure);
    const std::lock_guard lock(s_mutex);
    if (s_listener)
        s_listener(failure);
}

void setMistakeListener(std::function<void(const trainer::Message&)> listener)
{
    const std::lock_guard lock(s_mutex);
    s_listener = std::move(listener);
}

} // namespace nabiz::app
