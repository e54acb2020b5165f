// SPDX-License-Identifier: GPL-3.0-or-later
// The trainer's one exception: what kind of failure, and a sentence. It is exported, since it crosses from the trainer
// library into the program; it is caught once, at the thread boundary in `app`.
#pragma once

#include "trainer/base/message.h"

#include <stdexcept>

namespace nabiz::trainer {

enum class TrainErrorKind { BadInput, Data, OutOfMemory, Device, Io, Library, Internal };

class __attribute__((visibility("default"))) TrainError : public std::runtime_error {
public:
    TrainError(TrainErrorKind kind, Message message)
        : std::runtime_error(message.english())
        , m_kind(kind)
        , m_message(std::move(message))
    {
    }

    TrainErrorKind kind() const { return m_kind; }
    const Message& message() const { return m_message; }

private:
    TrainErrorKind m_kind;
    Message m_message;
};

} // namespace nabiz::trainer
