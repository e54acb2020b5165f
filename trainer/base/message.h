// SPDX-License-Identifier: GPL-3.0-or-later
// A sentence for a person, before translation: an English literal, which is also its id, and its arguments.
// Everything below `ui` speaks in messages, so that the window can show them in its own language and the command line
// in English. NABIZ_TEXT marks the literal for lupdate. Values; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#define NABIZ_TEXT(context, literal) literal

namespace nabiz::trainer {

struct Message {
    std::string text; // English, with %1, %2 … for the arguments
    std::vector<std::string> arguments;

    // The English sentence, arguments put in.
    std::string english() const;
    bool empty() const { return text.empty(); }
    bool operator==(const Message&) const = default;
};

template <typename... Arguments> Message message(const char* text, Arguments&&... arguments)
{
    return Message { text, { std::string(std::forward<Arguments>(arguments))... } };
}

} // namespace nabiz::trainer
