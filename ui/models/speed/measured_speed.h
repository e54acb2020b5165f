// SPDX-License-Identifier: GPL-3.0-or-later
// How long runs will take by those of the catalogue that this machine has trained: nothing is estimated that was not
// measured. GUI thread.
#pragma once

#include "trainer/estimate/speed_forecast.h"

namespace nabiz::ui {

class RunCatalog;

// Of the runs as they are now; the catalogue outlives it.
trainer::SpeedForecast speedForecast(const RunCatalog& catalog);

} // namespace nabiz::ui
