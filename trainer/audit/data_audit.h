// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the audit that needs no model: is the text repeated, padded, or also what it is validated on, and do its
// letters stay apart? Looks at the first 64 MB. One thread.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/data/dataset.h"

namespace nabiz::trainer {

// `duplicates`, `padding`, `overlap` and `collisions`, as far as they can be asked. Throws Cancelled.
std::vector<Finding> auditData(const Dataset& dataset, const Config& config, const std::stop_token& stop);

} // namespace nabiz::trainer
