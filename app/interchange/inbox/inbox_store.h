// SPDX-License-Identifier: GPL-3.0-or-later
// The folder into which scripts log with nabiz.py and programs with nabiz_log.h, DATABASE-inbox: a file a process. The
// files of one run, of its ranks or of a training that was taken up again, are one run. See store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat inboxFormat();
// The inbox of a database, there yet or not.
std::filesystem::path inboxOf(const std::filesystem::path& database);

} // namespace nabiz::app
