// SPDX-License-Identifier: GPL-3.0-or-later
// Where c10d's header looks for them: see compat.h.
// Names alone; any thread.
#pragma once

#include "trainer/distributed/names/gloo/compat.h"
