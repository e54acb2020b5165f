// SPDX-License-Identifier: GPL-3.0-or-later
// What the ranks of a training agree on before its first batch, and what its record says of them.
// Training thread.
#pragma once

#include "trainer/distributed/ranks.h"
#include "trainer/loop/prepared_run.h"

namespace nabiz::trainer {

// Settings but those of a machine, and versions.
std::map<std::string, std::string> settingsToAgreeOn(
    const World& world, const Config& config, const std::string& torchVersion);
// Text and shapes: throws as Ranks::compare(). Returns facts of the ranks.
std::map<std::string, std::string> agreeOnData(Ranks& ranks, const PreparedRun& run);

} // namespace nabiz::trainer
