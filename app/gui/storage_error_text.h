// SPDX-License-Identifier: GPL-3.0-or-later
// Storage's failures as sentences in the window's language: what is wrong with which file, and what to do.
// GUI thread.
#pragma once

#include "storage/records/storage_error.h"

#include <QString>

namespace nabiz::app {

QString text(const storage::StorageError& error);

} // namespace nabiz::app
