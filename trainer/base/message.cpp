// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/message.h"

namespace nabiz::trainer {

std::string Message::english() const
{
    std::string result;
    result.reserve(text.size() + 32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t digit = text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9'
            ? static_cast<std::size_t>(text[i + 1] - '1')
            : arguments.size();
        if (digit >= arguments.size()) {
            result += text[i];
            continue;
        }
        result += arguments[digit];
        ++i;
    }
    return result;
}

} // namespace nabiz::trainer
