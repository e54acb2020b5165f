// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences of the recorder's own in a run's log: an English text with %1 …, and what stands for these.
// Any thread.
#pragma once

#include <string>
#include <vector>

// Marks a sentence for lupdate, as trainer/base/message.h does for the trainer.
#ifndef NABIZ_TEXT
#define NABIZ_TEXT(context, literal) literal
#endif

namespace nabiz::storage {

inline std::string filled(std::string text, const std::vector<std::string>& arguments)
{
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string place = '%' + std::to_string(i + 1);
        if (const auto at = text.find(place); at != std::string::npos)
            text.replace(at, place.size(), arguments[i]);
    }
    return text;
}

} // namespace nabiz::storage
