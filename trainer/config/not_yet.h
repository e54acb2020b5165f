// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that the table knows and this version cannot honour: refused with a remedy, never ignored. A part that arrives
// takes its line out here. Pure; any thread.
#pragma once

#include "trainer/config/config.h"
#include "trainer/config/problem.h"

namespace nabiz::trainer {

std::vector<Problem> notYetProblems(const Config& config);

} // namespace nabiz::trainer
