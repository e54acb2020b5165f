// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/stop_signals.h"

#include "app/run/current_failure.h"
#include "app/run/exit_code.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

constexpr char kEnd = 0;

// What a handler may use: lock-free, and written before it is installed.
std::atomic<int> s_pipe = -1;
std::atomic<int> s_heard = 0;
static_assert(std::atomic<int>::is_always_lock_free);

// A terminal that closes sends SIGHUP twice, by the kernel and by its shell, and so may who ends a session behind
// SIGTERM: that is nobody's second wish.
void onSignal(int signal)
{
    const int error = errno;
    if (s_heard.fetch_add(1) > 0) {
        if (signal != SIGHUP)
            _exit(kExitSignal);
    } else {
        const char number = static_cast<char>(signal);
        while (write(s_pipe, &number, 1) < 0 && errno == EINTR) { }
    }
    errno = error;
}

} // namespace

StopSignals::StopSignals()
{
    if (pipe2(m_pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "signals");
    s_pipe = m_pipe[1];
    s_heard = 0;
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask); // one after another
    sigset_t heard;
    sigemptyset(&heard);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        sigaction(kSignals[i], nullptr, &m_before[i]);
        if (kSignals[i] == SIGHUP && m_before[i].sa_handler == SIG_IGN)
            continue; // nohup asks to outlive the terminal
        sigaction(kSignals[i], &action, nullptr);
        sigaddset(&heard, kSignals[i]);
    }
    pthread_sigmask(SIG_UNBLOCK, &heard, &m_mask); // whatever who started the program has left behind
}

StopSignals::~StopSignals()
{
    close();
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        sigaction(kSignals[i], &m_before[i], nullptr);
    pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
    s_pipe = -1;
    for (const int end : m_pipe)
        ::close(end);
}

void StopSignals::listen(std::function<void()> stop)
{
    m_thread = std::thread([this, stop = std::move(stop)] { loop(stop); });
}

void StopSignals::close()
{
    if (!m_thread.joinable())
        return;
    while (write(m_pipe[1], &kEnd, 1) < 0 && errno == EINTR) { }
    m_thread.join();
}

void StopSignals::loop(const std::function<void()>& stop)
{
    while (true) {
        char number = kEnd;
        const ssize_t count = read(m_pipe[0], &number, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count != 1 || number == kEnd)
            return;
        m_stopped = true;
        try {
            stop();
        } catch (...) {
            printFailure(currentFailure());
        }
    }
}

} // namespace nabiz::app
