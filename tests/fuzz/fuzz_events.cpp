// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an event file of TensorBoard: read to its end; and each payload as an Event, whether its checksum holds
// or not, since no fuzzer finds one that does. One thread.
#include "app/interchange/tensorboard/event_records.h"
#include "app/interchange/tensorboard/event_values.h"

#include <protozero/exception.hpp>

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace nabiz;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    app::EventParser parser;
    app::EventValues values;
    const auto parse = [&](std::string_view payload) {
        try {
            parser.parse(payload, values);
        } catch (const protozero::exception&) {
            return;
        }
        for (const auto& scalar : values.scalars) {
            if (scalar.tag.size() > payload.size())
                std::abort();
        }
    };
    app::EventRecords records;
    records.buffer() = bytes;
    while (const auto payload = records.next())
        parse(*payload);
    records.compact();
    if (records.damaged() < 0 || records.left() > size)
        std::abort();
    parse(bytes);
    // As records whose checksums hold.
    for (std::size_t at = 0; at + 16 < size;) {
        const std::size_t length = data[at] | static_cast<std::size_t>(data[at + 1]) << 8U;
        parse(bytes.substr(at + 12, length));
        at += length + 16;
    }
    return 0;
}
