// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as the audit's sentences say them: few digits, a decimal point in every locale.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace nabiz::trainer {

// 0.4 as "40 %", with a decimal where it says more: "0.11 %", "99.9 %". Never rounds to a bare 0 or 100 what is
// neither.
std::string percentText(double share);
// Three significant digits, "1.23", "0.00041".
std::string figureText(double value);
std::string megabytesText(std::size_t bytes); // "64 MB", "32.8 kB"

} // namespace nabiz::trainer
