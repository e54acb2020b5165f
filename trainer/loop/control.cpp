// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/control.h"

namespace nabiz::trainer {

void Control::post(Command command)
{
    {
        const std::lock_guard lock(m_mutex);
        m_commands.push_back(command);
    }
    m_arrived.notify_one();
}

std::optional<Command> Control::poll()
{
    const std::lock_guard lock(m_mutex);
    if (m_commands.empty())
        return {};
    const Command command = m_commands.front();
    m_commands.pop_front();
    return command;
}

std::optional<Command> Control::wait(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, stop, [this] { return !m_commands.empty(); });
    if (stop.stop_requested() || m_commands.empty())
        return {};
    const Command command = m_commands.front();
    m_commands.pop_front();
    return command;
}

} // namespace nabiz::trainer
