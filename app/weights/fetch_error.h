// SPDX-License-Identifier: GPL-3.0-or-later
// That the world fails while weights are fetched: the network, the hub, the disk. What a person has written wrongly is
// a TrainError{BadInput} instead. Any thread.
#pragma once

#include "trainer/base/message.h"

#include <stdexcept>

namespace nabiz::app {

class FetchError : public std::runtime_error {
public:
    explicit FetchError(trainer::Message message)
        : std::runtime_error(message.english())
        , m_message(std::move(message))
    {
    }

    const trainer::Message& message() const { return m_message; }

private:
    trainer::Message m_message;
};

// A connection that could not be made or broke off: trying again may help.
class ConnectionError : public FetchError {
public:
    ConnectionError(trainer::Message message, bool isWorthAnotherTry)
        : FetchError(std::move(message))
        , m_isWorthAnotherTry(isWorthAnotherTry)
    {
    }

    bool isWorthAnotherTry() const { return m_isWorthAnotherTry; }

private:
    bool m_isWorthAnotherTry;
};

} // namespace nabiz::app
