// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stop_signals.h"

#include "app/cli/command_line.h"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace nabiz::app {

StopSignals::StopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    struct sigaction hangUp {};
    sigaction(SIGHUP, nullptr, &hangUp);
    if (hangUp.sa_handler != SIG_IGN) // nohup asks to outlive the terminal
        sigaddset(&set, SIGHUP);
    m_signals = signalfd(-1, &set, SFD_CLOEXEC);
    m_wake = eventfd(0, EFD_CLOEXEC);
    if (m_signals < 0 || m_wake < 0)
        throw std::system_error(errno, std::generic_category(), "signals");
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
}

StopSignals::~StopSignals()
{
    close();
    ::close(m_signals);
    ::close(m_wake);
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void StopSignals::listen(std::function<void()> stop)
{
    m_thread = std::thread([this, stop = std::move(stop)] { loop(stop); });
}

void StopSignals::close()
{
    if (!m_thread.joinable())
        return;
    const std::uint64_t one = 1;
    while (write(m_wake, &one, sizeof one) < 0 && errno == EINTR) { }
    m_thread.join();
}

void StopSignals::loop(const std::function<void()>& stop)
{
    pollfd files[] = { { m_signals, POLLIN, 0 }, { m_wake, POLLIN, 0 } };
    while (true) {
        if (poll(files, 2, -1) < 0)
            continue; // interrupted
        if (files[0].revents & POLLIN) {
            signalfd_siginfo info {};
            if (read(m_signals, &info, sizeof info) != sizeof info)
                continue;
            if (m_stopped.exchange(true))
                _exit(kExitSignal);
            stop();
        } else if (files[1].revents) {
            return;
        }
    }
}

} // namespace nabiz::app
