// SPDX-License-Identifier: GPL-3.0-or-later
// Why a report could not be made or written: a sentence that names what was wrong and what to do. Caught at the command
// and at the thread boundary of the window.
#pragma once

#include <stdexcept>

namespace nabiz::app {

class ReportError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace nabiz::app
