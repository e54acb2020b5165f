// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watch/terminal_screen.h"

#include "app/cli/console.h"
#include "app/run/terminal_text.h"

#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

winsize size()
{
    winsize found {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) != 0 || found.ws_col == 0 || found.ws_row == 0)
        found = { .ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0 };
    return found;
}

} // namespace

TerminalScreen::TerminalScreen()
    : m_isTerminal(::isatty(STDOUT_FILENO) == 1)
{
    if (m_isTerminal)
        enterScreen(true);
}

TerminalScreen::~TerminalScreen()
{
    if (m_isTerminal)
        enterScreen(false);
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
    std::vector<std::string> shown(lines.begin(), lines.begin() + std::min<std::ptrdiff_t>(std::ssize(lines), rows()));
    for (std::string& line : shown)
        line = elided(line, static_cast<std::size_t>(columns()));
    drawScreen(shown);
}

} // namespace nabiz::app
