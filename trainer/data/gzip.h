// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks gzip data that arrives in pieces.
// One thread an instance.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct z_stream_s;

namespace nabiz::trainer {

class Gunzip {
public:
    Gunzip();

    // Appends what `packed` unpacks to. False when it is not sound gzip data; members behind one another are one text,
    // and zeros behind the last are padding.
    bool add(std::span<const std::uint8_t> packed, std::vector<std::uint8_t>& out);
    // False when the data ended inside a member.
    bool finished() const { return m_betweenMembers; }

private:
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> m_stream;
    bool m_betweenMembers = false;
    bool m_padding = false;
};

} // namespace nabiz::trainer
