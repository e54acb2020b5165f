// SPDX-License-Identifier: GPL-3.0-or-later
// The systemd user unit that starts nabiz guard at each login: put in, asked for and taken away. Any thread; waits for
// systemctl.
#pragma once

#include "trainer/base/message.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace nabiz::app {

// What stands in the way, with its remedy.
class GuardUnitError : public std::runtime_error {
public:
    explicit GuardUnitError(trainer::Message message)
        : std::runtime_error(message.english())
        , m_message(std::move(message))
    {
    }
    const trainer::Message& message() const { return m_message; }

private:
    trainer::Message m_message;
};

struct GuardUnitState {
    std::filesystem::path file;
    bool isInstalled = false;
    bool isRunning = false;
    bool startsWithMachine = false; // without a login, by loginctl enable-linger
};

// Writes the unit for this program and that database over an earlier one, and starts it. Throws GuardUnitError, and
// leaves nothing behind then.
GuardUnitState installGuardUnit(const std::filesystem::path& database);
// Ends it, which stops and saves what it trains, and removes the file. Throws GuardUnitError.
void removeGuardUnit();
GuardUnitState guardUnitState();

// For tests: what is written, %, quotes and dollars in names kept from systemd.
std::string guardUnitText(const std::filesystem::path& program, const std::filesystem::path& database);

} // namespace nabiz::app
