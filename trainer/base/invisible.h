// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that are there and are not seen: spaces of other widths, zero-width ones, marks of direction, controls.
// They come with text copied from pages, and what is wrong then looks right. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

struct Invisible {
    std::size_t offset = 0; // in bytes
    std::size_t length = 0; // of the character, in bytes
    std::size_t character = 0; // its place in the text, from 1
    std::string name; // "U+00A0 (no-break space)"
};

// The first from `begin` on; a plain space and U+0020's like are none. `text` is UTF-8.
std::optional<Invisible> findInvisible(std::string_view text, std::size_t begin = 0);

// "; it holds U+200B (zero-width space) as its character 5", for the end of a sentence on `text`; empty where it holds
// none.
std::string invisibleNote(std::string_view text);

} // namespace nabiz::trainer
