// SPDX-License-Identifier: GPL-3.0-or-later
// Text on its way to a terminal. Names, notes, pages, presets and file names are other people's: an escape sequence in
// one would retitle the window or hide a line, a mark of direction would turn a command round. They are shown as \x1b
// and \u202e, bytes that are no UTF-8 as \xff. Everything the command line prints goes through here. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nabiz::app {

// Line breaks and tabs stay.
std::string safeText(std::string_view text);
// On one line: line breaks and tabs are spaces.
std::string safeLine(std::string_view text);
// A JSON document, the same to whoever reads it as JSON, with nothing in it that a terminal would obey.
std::string safeJson(std::string_view document);

// In columns of a terminal: two for a wide character, none for one that combines with the one before.
std::size_t textWidth(std::string_view text);
// Safe, on one line, and no wider than `width`; what was cut ends in an ellipsis.
std::string elided(std::string_view text, std::size_t width);

} // namespace nabiz::app
