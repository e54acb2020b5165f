// SPDX-License-Identifier: GPL-3.0-or-later
// The paths among the settings as they are meant: ~ is the home folder, and a relative path counts from the folder in
// which the program was started, so that a record says of which folder it speaks. Any thread.
#pragma once

#include "trainer/config/parameters/config.h"

#include <string>

namespace nabiz::trainer {

// Empty texts and the names of generated texts stay as they are.
std::string wholePath(const std::string& written);

// `config` with every setting that is a path made whole; language.path may name a model of the cache, see hub_cache.h.
Config withWholePaths(Config config);

} // namespace nabiz::trainer
