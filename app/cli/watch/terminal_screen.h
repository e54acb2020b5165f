// SPDX-License-Identifier: GPL-3.0-or-later
// The whole terminal, drawn over again and again: what was there before comes back at the end. On what is no terminal,
// lines. Main thread.
#pragma once

#include <string>
#include <vector>

namespace nabiz::app {

class TerminalScreen {
public:
    TerminalScreen();
    ~TerminalScreen();
    TerminalScreen(const TerminalScreen&) = delete;
    TerminalScreen& operator=(const TerminalScreen&) = delete;

    bool isTerminal() const { return m_isTerminal; }
    // 80 × 24 where nothing tells of another size.
    int columns() const;
    int rows() const;
    // Lines that are longer than the terminal is wide are cut.
    void draw(const std::vector<std::string>& lines) const;

private:
    bool m_isTerminal;
};

} // namespace nabiz::app
