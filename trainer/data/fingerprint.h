// SPDX-License-Identifier: GPL-3.0-or-later
// XXH3-128 of texts, by which a run can say later what it was trained on: 32 hexadecimal digits.
// Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace nabiz::trainer {

// Of one block.
std::string fingerprint(std::span<const std::uint8_t> bytes);

// Of several contents with their names, in an order.
class Fingerprint {
public:
    Fingerprint();
    void add(const std::string& name, std::span<const std::uint8_t> contents);
    std::string digest() const;

private:
    struct State;
    std::shared_ptr<State> m_state; // of xxHash, whose header is large
};

} // namespace nabiz::trainer
