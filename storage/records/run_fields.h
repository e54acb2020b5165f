// SPDX-License-Identifier: GPL-3.0-or-later
// One table of what is known of a run beside its parameters: the name that filters, sorting and exports use, what kind
// of value it is, and the value itself. The window's run table and `nabiz runs` read the same. Values; any thread.
#pragma once

#include "storage/records/records.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::storage {

enum class RunField {
    Id,
    Name,
    Status,
    Reason,
    Starred,
    Tag,
    Note,
    Why,
    Group,
    Preset,
    Source,
    Host,
    Seed,
    Created,
    Started,
    Ended,
    Batches,
    Steps,
    PlannedBatches,
    Seconds,
    Best,
    BestBatch,
    FirstLoss,
    BestLoss,
    BestLossBatch,
    LastLoss,
    MeanLoss,
    BestValLoss,
    BestValBatch,
    LastValLoss,
    PeakMemory,
    TokensPerSecond,
    BatchSeconds,
    NonFinite
};

enum class RunFieldKind { Number, Count, Bytes, Seconds, Time, Flag, Text, List };

struct RunFieldRow {
    RunField field;
    std::string_view key; // "loss.best"
    RunFieldKind kind;
};

// In the order of RunField.
std::span<const RunFieldRow> runFields();
const RunFieldRow& row(RunField field);
// nullptr when there is none.
const RunFieldRow* findRunField(std::string_view key);

// A flag is 0 or 1, a time in ms. No value where there is none, and for texts.
std::optional<double> fieldNumber(const RunOverview& overview, RunField field);
// Of a list, one entry a line. Empty for numbers.
std::string fieldText(const RunOverview& overview, RunField field);
// Best is the validation loss where there is one; else the smallest loss of one batch, which is to be said.
bool bestIsRaw(const RunOverview& overview);

} // namespace nabiz::storage
