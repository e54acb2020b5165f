// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/gzip.h"

#include <algorithm>
#include <new>
#include <zlib.h>

namespace nabiz::trainer {

namespace {
constexpr int kGzipOnly = 15 + 16; // zlib: the largest window, a gzip header
constexpr std::size_t kPiece = 256 * 1024;
} // namespace

void Gunzip::End::operator()(z_stream_s* stream) const
{
    inflateEnd(stream);
    delete stream;
}

Gunzip::Gunzip()
    : m_stream(new z_stream_s {})
{
    if (inflateInit2(m_stream.get(), kGzipOnly) != Z_OK)
        throw std::bad_alloc();
}

bool Gunzip::add(std::span<const std::uint8_t> packed, std::vector<std::uint8_t>& out)
{
    z_stream_s& stream = *m_stream;
    stream.next_in = const_cast<Bytef*>(packed.data()); // zlib reads only
    stream.avail_in = static_cast<uInt>(packed.size());
    while (stream.avail_in > 0) {
        if (m_betweenMembers) {
            m_padding = m_padding || *stream.next_in == 0;
            if (m_padding)
                return std::all_of(stream.next_in, stream.next_in + stream.avail_in, [](Bytef b) { return b == 0; });
            inflateReset(&stream);
            m_betweenMembers = false;
        }
        int result = Z_OK;
        do {
            const std::size_t used = out.size();
            out.resize(used + kPiece);
            stream.next_out = out.data() + used;
            stream.avail_out = static_cast<uInt>(kPiece);
            result = inflate(&stream, Z_NO_FLUSH);
            out.resize(used + kPiece - stream.avail_out);
        } while (result == Z_OK && stream.avail_out == 0);
        if (result == Z_STREAM_END)
            m_betweenMembers = true;
        else if (result != Z_OK && result != Z_BUF_ERROR) // the latter: this piece is used up
            return false;
    }
    return true;
}

} // namespace nabiz::trainer
