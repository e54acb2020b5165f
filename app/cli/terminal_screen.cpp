// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_screen.h"

#include "app/cli/console.h"
#include "app/run/terminal_text.h"

#include <algorithm>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

// As ECMA-48 and xterm have them.
constexpr const char* kEnter = "\x1b[?1049h\x1b[?25l"; // another screen, without a cursor
constexpr const char* kLeave = "\x1b[?25h\x1b[?1049l";
constexpr const char* kHome = "\x1b[H";
constexpr const char* kEndOfLine = "\x1b[K";
constexpr const char* kEndOfScreen = "\x1b[J";

winsize size()
{
    winsize found {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) != 0 || found.ws_col == 0 || found.ws_row == 0)
        found = { .ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0 };
    return found;
}

void put(const std::string& text)
{
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

} // namespace

TerminalScreen::TerminalScreen()
    : m_isTerminal(::isatty(STDOUT_FILENO) == 1)
{
    if (m_isTerminal)
        put(kEnter);
}

TerminalScreen::~TerminalScreen()
{
    if (m_isTerminal)
        put(kLeave);
}

int TerminalScreen::columns() const
{
    return size().ws_col;
}

int TerminalScreen::rows() const
{
    return size().ws_row;
}

void TerminalScreen::draw(const std::vector<std::string>& lines) const
{
    if (!m_isTerminal) {
        std::string text;
        for (const std::string& line : lines)
            text += safeLine(line) + '\n';
        printText(text);
        return;
    }
    const auto shown = std::min(lines.size(), static_cast<std::size_t>(rows()));
    std::string text = kHome;
    for (std::size_t i = 0; i < shown; ++i)
        text += (i > 0 ? "\r\n" : "") + elided(safeLine(lines[i]), static_cast<std::size_t>(columns())) + kEndOfLine;
    put(text + kEndOfScreen);
}

} // namespace nabiz::app
