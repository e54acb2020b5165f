// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of MLflow: its database, and the folders of its older file store. See store_reader.h.
// What its user has deleted stays out.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat mlflowFormat();
StoreFormat mlflowFilesFormat();

} // namespace nabiz::app
