// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a .wandb file: read to its end, at once and in pieces; and as one record of it, whose checksum no
// fuzzer finds. One thread.
#include "app/interchange/wandb/wandb_records.h"
#include "app/interchange/wandb/wandb_values.h"

#include <protozero/exception.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

using namespace nabiz;

void take(app::WandbValues& values, std::string_view record)
{
    try {
        values.take(record);
    } catch (const protozero::exception&) {
        return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    app::WandbValues values("file");
    app::WandbRecords whole, pieces;
    whole.buffer() = bytes;
    while (const auto record = whole.next())
        take(values, *record);
    for (std::size_t at = 0; at < size; at += 997) {
        pieces.buffer() += bytes.substr(at, 997);
        while (const auto record = pieces.next())
            take(values, *record);
        pieces.compact();
    }
    if (whole.damaged() < 0 || whole.damagedAtEnd() > 1)
        std::abort();
    take(values, bytes);
    const auto run = values.takeRun();
    for (const auto& series : run.series) {
        if (series.points.empty())
            std::abort();
    }
    return 0;
}
