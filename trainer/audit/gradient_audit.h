// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters that were to be trained and never got a gradient: their first moment is still exactly zero. Waits for the
// device once. Training thread only.
#pragma once

#include "trainer/base/finding.h"
#include "trainer/config/parameters/model_config.h"
#include "trainer/optim/adamw.h"

namespace nabiz::trainer {

// `dead_parameters`: at most one warning and one note, else that all is fine.
std::vector<Finding> auditGradients(const AdamW& optimizer, const ModelConfig& config);

} // namespace nabiz::trainer
