// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON header of a safetensors file: read with every check that the format asks for, and written.
// Values; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/data/safetensors.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

inline constexpr std::uint64_t kMaximumHeader = 100'000'000;

struct SafetensorsEntry {
    std::string name;
    Dtype dtype = Dtype::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; // from the start of the data
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries; // in the order of their data
    std::map<std::string, std::string> metadata;
};

// Either fills `header` and returns an empty message, or says what is wrong. `dataBytes` is what follows the header.
Message parseSafetensorsHeader(
    std::string_view json, std::uint64_t dataBytes, const std::string& file, SafetensorsHeader& header);

// Bytes of a tensor; nothing when they overflow.
std::optional<std::uint64_t> tensorBytes(Dtype dtype, const std::vector<std::int64_t>& shape);

// Padded with spaces to a multiple of eight, so that the data behind it is aligned.
std::string formatSafetensorsHeader(
    const std::vector<TensorView>& tensors, const std::map<std::string, std::string>& metadata);

} // namespace nabiz::trainer
