// SPDX-License-Identifier: GPL-3.0-or-later
// The first three samples that a configuration would train on, as text, for Configure. Reads the data; blocking, any
// thread but the window's.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/data/sample_preview.h"

#include <span>
#include <stop_token>

namespace nabiz::trainer {

// Never throws: bad input comes back as `failure`; a stop gives an empty preview without one.
SamplePreview previewSamples(const Config& config, std::stop_token stop);

// Ids as UTF-8, line ends and tabs kept, other control characters and what is no whole character as U+FFFD.
std::string idsToText(std::span<const std::uint8_t> ids, bool codePoints);

} // namespace nabiz::trainer
