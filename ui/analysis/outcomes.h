// SPDX-License-Identifier: GPL-3.0-or-later
// What came out of runs that are compared, a row a figure, with the best marked. Numbers as recorded; how they are
// written for people is the table's business. Pure; the owner's thread.
#pragma once

#include "ui/analysis/comparability.h"
#include "ui/analysis/compared_run.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

enum class OutcomeKind { Loss, Batch, Count, Bytes, Seconds, Rate };
enum class Outcome {
    BestValLoss,
    LastValLoss,
    MeanLastLoss,
    BestMeanLoss, // of kMeanOf batches, as MeanLastLoss is
    ReachedBatch, // where the baseline's best was reached; `at` is that loss
    ReachedTime,
    AtEqualBatch, // losses at the last batch that all have come to; `at` is it
    AtEqualTime, // `at` in seconds
    AtEqualMemory, // `at` in bytes
    LowestLoss, // of a single batch: luck, and named so
    LastLoss, // of a single batch
    PeakMemory,
    BatchTime,
    TokensPerSecond,
    Batches,
    Duration
};

struct OutcomeValue {
    std::optional<double> value; // of a group, the mean of its runs
    std::optional<std::int64_t> batch; // where it was, of a single run
    double spread = 0; // of a group, the standard deviation
    double sooner = 0; // Reached rows: how many times; 0 = not known
    std::size_t points = 0; // MeanLastLoss: how many it is of, where a page gives fewer than there are batches
    std::optional<Obstacle> obstacle; // why it is not to be held against the baseline's
};

struct OutcomeRow {
    Outcome outcome = Outcome::LastLoss;
    OutcomeKind kind = OutcomeKind::Loss;
    double at = 0;
    LossBasis basis = LossBasis::Validation; // of the rows Reached and At
    std::vector<OutcomeValue> values; // one an entry
    std::optional<std::size_t> best; // none where nothing is better, or one is not to be compared
};

// The first entry is the baseline. Rows that any entry has a value in, in the order of Outcome.
//
// Equal memory asks what each would have reached on a device with no more memory than the most frugal of them took: its
// loss up to the batch before its memory went more than 5 % above the smallest peak of all. Most runs come near their
// peak within a few batches, so a run that needs more has no value there: on that device it would not have run.
std::vector<OutcomeRow> outcomeRows(const std::vector<ComparedEntry>& entries);

// value / baseline − 1, where both are finite and the baseline is not 0.
std::optional<double> changeFrom(const std::optional<double>& baseline, const std::optional<double>& value);

} // namespace nabiz::ui
