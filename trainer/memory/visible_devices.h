// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a machine's GPUs CUDA will show, by the variable CUDA_VISIBLE_DEVICES.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nabiz::trainer {

// Indices into `uuids`, in the variable's order. Null shows all; an entry that names no device hides itself and the
// rest.
std::vector<std::size_t> visibleDevices(const char* variable, const std::vector<std::string>& uuids);

} // namespace nabiz::trainer
