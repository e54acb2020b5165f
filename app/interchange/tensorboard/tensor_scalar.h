// SPDX-License-Identifier: GPL-3.0-or-later
// A TensorProto of TensorFlow, of any type, as far as scalars and texts need it: raw bytes or typed fields, packed or
// not. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nabiz::app {

struct Tensor {
    int type = 0;
    std::int64_t elements = 1;
    std::optional<std::string_view> content;
    std::vector<double> values; // of the typed fields
    std::vector<std::string_view> texts;
};

// Throws protozero::exception.
Tensor tensorOf(std::string_view bytes);
// Of one that holds one number.
std::optional<double> scalarOf(const Tensor& tensor);

} // namespace nabiz::app
