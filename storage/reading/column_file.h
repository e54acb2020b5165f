// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of a very long run in files of their own, made from its pyramid and mapped instead of copied into memory,
// so that a hundred million batches open in the room of what is looked at. Derived, in the cache folder: one that was
// cut, is of another version or of an earlier state of the run is made anew. Where none can be, the columns are read
// into memory as those of shorter runs are. The connection's thread; all throw SQLite::Exception.
#pragma once

#include "storage/reading/batch_column.h"
#include "storage/reading/value_column.h"
#include "storage/records/records.h"

#include <memory>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Shorter columns are read into memory. NABIZ_MAPPED_FROM changes it, for tests.
std::size_t mappedFrom();
// Nothing for a column that is too short, has no pyramid, or cannot be kept in a file. `note` is a sentence where a
// file that was there had to be made anew.
std::optional<ValueColumn> mappedValues(SQLite::Database& database, const Metric& metric, std::string& note);
// Where the samples of a metric of the run stand, or, with 0, all its batches.
std::shared_ptr<const BatchColumn> mappedBatches(
    SQLite::Database& database, RunId run, std::int64_t metric, std::string& note);

} // namespace nabiz::storage
