// SPDX-License-Identifier: GPL-3.0-or-later
// Where a key or a value of a YAML text ends. The parser gives only beginnings, and editing in place needs both.
// Pure.
#pragma once

#include "trainer/config/presets/source_text.h"

namespace nabiz::trainer {

// Offset of the quote that closes the one at `at`, or npos.
std::size_t closingQuote(std::string_view text, std::size_t at);
// Offset in the body just behind the key at `node`'s mark, before its colon.
std::size_t keyEnd(const SourceText& source, const YamlNode& node);
// Offset just behind the colon that follows `offset`, or npos when the key is written otherwise.
std::size_t colonEnd(const SourceText& source, std::size_t offset);
// Offset just behind the value at `node`'s mark, trailing comment and line end excluded. `indent` is its key's column,
// `flow` whether it stands inside brackets. Not for a null, which has no text.
std::size_t valueEnd(const SourceText& source, const YamlNode& node, std::size_t indent, bool flow);

} // namespace nabiz::trainer
