// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input of a command: exit code 2, one line that names what was wrong and what to do, and further lines of detail
// below it. Thrown by commands, caught in runCommandLine.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::app {

class UsageError : public std::runtime_error {
public:
    explicit UsageError(const std::string& line, std::vector<std::string> details = {})
        : std::runtime_error(line)
        , m_details(std::move(details))
    {
    }

    const std::vector<std::string>& details() const { return m_details; }

private:
    std::vector<std::string> m_details;
};

} // namespace nabiz::app
