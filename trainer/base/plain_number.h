// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as programs write and read them: with a decimal point, whatever the locale says of commas. A running
// QApplication has set the locale, so that the C library's own functions would take 2.31 for 2. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

// So many digits behind the point: 2.50.
std::string toFixed(double value, int decimals);
// The number that is the whole text; nothing for other text, NaN and infinities.
std::optional<double> finiteNumber(std::string_view text);

} // namespace nabiz::trainer
