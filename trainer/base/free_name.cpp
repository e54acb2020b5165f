// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/free_name.h"

namespace nabiz::trainer {

std::string freeName(const std::string& base, const std::function<bool(const std::string&)>& isTaken)
{
    if (!isTaken(base))
        return base;
    std::string stem = base;
    const auto dash = stem.rfind('-');
    if (dash != std::string::npos && dash > 0 && dash + 1 < stem.size()
        && stem.find_first_not_of("0123456789", dash + 1) == std::string::npos)
        stem.erase(dash);
    for (int number = 2;; ++number) {
        std::string name = stem + '-' + std::to_string(number);
        if (!isTaken(name))
            return name;
    }
}

} // namespace nabiz::trainer
