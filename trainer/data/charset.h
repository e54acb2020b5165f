// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that are not UTF-8: recognised by their bytes, and converted. Old Turkish texts are Windows-1254 (ISO 8859-9
// but for a few signs), in which a letter beyond ASCII is one byte; files of Windows programs may be UTF-16. Any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

enum class Charset { Utf8, Windows1254, Utf16Little, Utf16Big, Utf32Little, Utf32Big, Unknown };

// By the beginning of a text. Windows-1254 is told from other such sets by its Turkish letters; what is none of these
// is Unknown.
Charset recognisedCharset(std::span<const std::uint8_t> bytes);
std::string_view charsetName(Charset charset); // "Windows-1254"

// A mark of byte order, which is no part of the text.
bool beginsWithMark(std::span<const std::uint8_t> utf8);

// The bytes from `begin` on, in place, to UTF-8; a mark of byte order is dropped. Throws TrainError{Data} naming `path`
// and the place of what the set does not have, and Cancelled.
void convertToUtf8(Charset charset, std::vector<std::uint8_t>& bytes, std::size_t begin, const std::string& path,
    const std::stop_token& stop);

} // namespace nabiz::trainer
