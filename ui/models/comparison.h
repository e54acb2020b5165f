// SPDX-License-Identifier: GPL-3.0-or-later
// What two or more runs differ in: settings that are not the same in all of them, and what came out, with the best
// marked. Pure: numbers and texts as recorded; how they are written for people is the table's business. GUI thread
// (reads series).
#pragma once

#include "storage/records.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

struct RunDetail;
inline namespace table { // apart from ui/analysis, which has figures of the same names

struct ParameterDifference {
    std::string key;
    std::vector<std::string>
        values; // one a run, as applied or, before that is known, as declared; empty where it has none
};

// Keys whose values differ, in the order of the first run.
std::vector<ParameterDifference> parameterDifferences(const std::vector<const RunDetail*>& runs);
// How many keys have one value in all runs.
std::size_t equalParameters(const std::vector<const RunDetail*>& runs);

// The mean loss of the (at most) 20 batches up to the last that both runs have.
struct LossAtSameBatch {
    double batch = 0;
    double before = 0, after = 0;
};
std::optional<LossAtSameBatch> lossAtSameBatch(const RunDetail& before, const RunDetail& after);

enum class OutcomeKind { Loss, Count, Bytes, Seconds, Rate };
enum class Outcome {
    BestValLoss,
    LastValLoss,
    BestLoss,
    LastLoss,
    MeanLastLoss,
    Batches,
    PeakMemory,
    BatchTime,
    TokensPerSecond
};

struct OutcomeRow {
    Outcome outcome = Outcome::LastLoss;
    OutcomeKind kind = OutcomeKind::Loss;
    std::vector<std::optional<double>> values;
    std::vector<std::optional<std::int64_t>> batches; // where it was reached
    std::optional<std::size_t> best; // none where nothing is better
};

struct Comparison {
    std::vector<storage::RunId> runs; // the baseline first
    std::vector<std::string> names;
    std::vector<ParameterDifference> differences;
    std::size_t equal = 0;
    std::vector<OutcomeRow> outcomes; // those that any run has
};

// The first of `runs` is the baseline.
Comparison compareRuns(const std::vector<const RunDetail*>& runs);

// value / baseline − 1, where both are finite and the baseline is not 0.
std::optional<double> changeFrom(const std::optional<double>& baseline, const std::optional<double>& value);

} // namespace table
} // namespace nabiz::ui
