// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/crash_handler.h"

#include "app/run/environment.h"
#include "app/run/trail.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <string>
#include <system_error>

#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

constexpr std::array kSignals { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
constexpr int kFrames = 128;
constexpr std::size_t kStack = 1 << 16;

// All that the handler uses, made before: in it nothing may be allocated.
struct Prepared {
    std::array<char, 4096> file {};
    std::array<char, 256> head {};
    std::array<char, kStack> stack {}; // the own one may have run over
};

Prepared& prepared()
{
    static Prepared all;
    return all;
}

void put(int file, const char* text)
{
    for (std::size_t left = std::strlen(text); left > 0;) {
        const auto count = ::write(file, text, left);
        if (count <= 0)
            return;
        text += count;
        left -= static_cast<std::size_t>(count);
    }
}

// What it calls may be called by a signal's handler; backtrace() has been called before, and is loaded.
void writeStack(int signal)
{
    const Prepared& all = prepared();
    const int file = ::open(all.file.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0) {
        const char number[]
            = { static_cast<char>('0' + signal / 10), static_cast<char>('0' + signal % 10), '\n', '\0' };
        put(file, all.head.data());
        put(file, "ended by signal ");
        put(file, number);
        std::array<void*, kFrames> frames {};
        ::backtrace_symbols_fd(frames.data(), ::backtrace(frames.data(), kFrames), file);
        ::close(file);
    }
    ::raise(signal); // as it would have ended: SA_RESETHAND has taken us out
}

template <std::size_t Size> void copy(const std::string& text, std::array<char, Size>& into)
{
    std::copy_n(text.begin(), std::min(text.size(), Size - 1), into.begin());
}

} // namespace

void keepStackOfCrash()
{
    const auto folder = trailFolder();
    std::error_code error; // without a place nothing is kept
    if (folder.empty() || (std::filesystem::create_directories(folder, error), error))
        return;
    copy((folder / ("crash-" + std::to_string(::getpid()) + ".txt")).string(), prepared().file);
    copy("nabiz " + nabizVersion() + '\n', prepared().head);
    void* frame = nullptr;
    ::backtrace(&frame, 1);
    stack_t stack {};
    stack.ss_sp = prepared().stack.data();
    stack.ss_size = prepared().stack.size();
    ::sigaltstack(&stack, nullptr);
    for (const int signal : kSignals) {
        struct sigaction before { };
        if (::sigaction(signal, nullptr, &before) != 0 || before.sa_handler != SIG_DFL)
            continue;
        struct sigaction action { };
        action.sa_handler = writeStack;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
        ::sigaction(signal, &action, nullptr);
    }
}

} // namespace nabiz::app
