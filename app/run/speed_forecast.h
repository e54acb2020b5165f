// SPDX-License-Identifier: GPL-3.0-or-later
// How long runs will take by those of a database that this machine has trained: what the forecast of the trainer's is
// asked with on the command line. `store` outlives it. One thread.
#pragma once

#include "storage/run_store.h"
#include "trainer/estimate/speed_forecast.h"

namespace nabiz::app {

trainer::SpeedForecast speedForecast(const storage::RunStore& store);

} // namespace nabiz::app
