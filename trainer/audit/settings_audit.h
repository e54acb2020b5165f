// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that were declared and do nothing in this run, or not what they say: nothing is ignored in silence.
// Pure; any thread.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/config/parameters/config.h"

namespace nabiz::trainer {

// `applied` is `declared` with "auto" resolved, as the run uses it. `validates`: there is text to validate on.
std::vector<Finding> auditSettings(const Config& declared, const Config& applied, bool validates);

} // namespace nabiz::trainer
