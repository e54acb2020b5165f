// SPDX-License-Identifier: GPL-3.0-or-later
// One metric of one run with all its points, in columns that may be shared: what charts of millions of points are made
// from. A value; safe to move to any thread.
#pragma once

#include "storage/reading/batch_column.h"
#include "storage/reading/value_column.h"
#include "storage/records/records.h"

#include <memory>
#include <string>

namespace nabiz::storage {

struct PackedSeries {
    Metric metric;
    std::shared_ptr<const BatchColumn> x; // of one length with `values`
    ValueColumn values;
    std::string note; // what had to be made anew to read it, and why; empty: nothing
};

} // namespace nabiz::storage
