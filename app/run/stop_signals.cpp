// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/stop_signals.h"

#include "app/run/current_failure.h"
#include "app/run/exit_code.h"

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

constexpr char kEnd = 0;
constexpr std::int64_t kOneWish = 500'000'000; // ns

// What a handler may use: lock-free, and written before it is installed.
std::atomic<int> s_pipe = -1;
std::atomic<std::int64_t> s_first = 0; // when the first came; 0 = none has
std::atomic<int> s_signal = 0; // which it was
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now()
{
    timespec time {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

// What comes at once is one wish: Ctrl+C reaches a rank from the terminal and again from its launcher, the death of a
// parent is told once for each of its threads (prctl(2), PR_SET_PDEATHSIG), and a terminal that closes sends SIGHUP by
// the kernel and by its shell, which may come behind a SIGTERM however late.
void onSignal(int signal)
{
    const int error = errno;
    const std::int64_t moment = now();
    std::int64_t first = 0;
    if (s_first.compare_exchange_strong(first, moment)) {
        s_signal = signal;
        const char number = static_cast<char>(signal);
        while (write(s_pipe, &number, 1) < 0 && errno == EINTR) { }
    } else if (signal != SIGHUP && moment - first > kOneWish)
        _exit(kExitSignal);
    errno = error;
}

} // namespace

StopSignals::StopSignals()
{
    if (pipe2(m_pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "signals");
    s_pipe = m_pipe[1];
    s_first = 0;
    s_signal = 0;
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

int StopSignals::first()
{
    return s_signal;
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
