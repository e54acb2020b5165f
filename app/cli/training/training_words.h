// SPDX-License-Identifier: GPL-3.0-or-later
// What the terminal says of a run that has ended, and of a database that cannot be written meanwhile.
// Pure.
#pragma once

#include "storage/records/written.h"

#include <optional>
#include <string>

namespace nabiz::app {

// quick finished: 400 batches in 0:35, loss 1.2 …
std::string endLine(const storage::RunOverview& overview);
// None for what is said at the end: that points are not in the database.
std::optional<std::string> troubleLine(const storage::Trouble& trouble);

} // namespace nabiz::app
