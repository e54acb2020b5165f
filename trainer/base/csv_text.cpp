// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/csv_text.h"

#include "trainer/base/value.h"

#include <cmath>

namespace nabiz::trainer {

std::string csvCell(std::string_view text)
{
    if (text.find_first_of(",;\"\r\n\t") == std::string_view::npos && !text.starts_with(' ') && !text.ends_with(' '))
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string csvCell(double value, bool singlePrecision)
{
    if (std::isnan(value))
        return "nan"; // whatever its sign
    // What another program recorded under the same name may be a double.
    const bool isSingle = singlePrecision && static_cast<double>(static_cast<float>(value)) == value;
    return isSingle ? toText(static_cast<float>(value)) : toText(value);
}

} // namespace nabiz::trainer
