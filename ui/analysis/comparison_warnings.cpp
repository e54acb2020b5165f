// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/comparison_warnings.h"

#include "ui/analysis/seed_groups.h"

#include <algorithm>
#include <functional>
#include <initializer_list>

namespace nabiz::ui {
namespace {

using Run = ComparedRun;

// Facts, or where either run has none of them, settings.
bool differs(const Run& one, const Run& other, std::initializer_list<const char*> facts,
    std::initializer_list<const char*> keys)
{
    bool known = false;
    for (const char* const key : facts) {
        const auto& a = one.overview->run.facts;
        const auto& b = other.overview->run.facts;
        const auto fact = a.find(key), otherFact = b.find(key);
        if (fact == a.end() || otherFact == b.end()) {
            continue;
        }
        known = true;
        if (fact->second != otherFact->second) {
            return true;
        }
    }
    return !known && std::any_of(keys.begin(), keys.end(), [&](const char* key) {
        const std::string a = one.parameter(key), b = other.parameter(key);
        return !a.empty() && !b.empty() && a != b;
    });
}

bool otherData(const Run& one, const Run& other)
{
    return differs(one, other, { "data.hash", "data.training_bytes" }, { "data.train_path" });
}

// A validation loss is the mean over eval_batches × batch_size samples of max_seq_len bytes, in a fixed order.
bool otherValidation(const Run& one, const Run& other)
{
    return differs(one, other, { "data.val_hash", "data.validation_bytes" }, { "data.val_path" })
        || differs(one, other, {},
            { "data.val_path", "data.val_fraction", "data.split", "data.sampling", "data.encoding", "model.max_seq_len",
                "training.eval_batches", "training.batch_size" });
}

bool otherSeed(const Run& one, const Run& other)
{
    const std::string a = one.parameter(kSeedKey), b = other.parameter(kSeedKey);
    return !a.empty() && !b.empty() && a != b;
}

bool isUnfinished(const Run& run)
{
    const storage::RunStatus status = run.overview->run.status;
    return status != storage::RunStatus::Finished && status != storage::RunStatus::Reference;
}

} // namespace

std::vector<RunWarning> comparisonWarnings(const std::vector<ComparedEntry>& entries)
{
    std::vector<RunWarning> warnings;
    if (entries.empty() || entries.front().members.empty()) {
        return warnings;
    }
    const Run& baseline = entries.front().members.front();
    const bool single = std::none_of(entries.begin(), entries.end(), [](const auto& entry) { return entry.isGroup(); });
    const auto add = [&](ComparisonWarning kind, const std::function<bool(const Run&)>& is) {
        RunWarning warning { kind, {} };
        for (const ComparedEntry& entry : entries) {
            for (const Run& run : entry.members) {
                if (is(run)) {
                    warning.runs.push_back(run.overview->run.name);
                }
            }
        }
        if (!warning.runs.empty()) {
            warnings.push_back(std::move(warning));
        }
    };
    add(ComparisonWarning::OtherData, [&](const Run& run) { return otherData(baseline, run); });
    add(ComparisonWarning::OtherValidation, [&](const Run& run) { return otherValidation(baseline, run); });
    if (single) {
        add(ComparisonWarning::OtherSeed, [&](const Run& run) { return otherSeed(baseline, run); });
    }
    add(ComparisonWarning::NotFinished, isUnfinished);
    add(ComparisonWarning::Reference,
        [](const Run& run) { return run.overview->run.status == storage::RunStatus::Reference; });
    add(ComparisonWarning::Imported, [](const Run& run) {
        return run.overview->run.source != "nabiz" && run.overview->run.status != storage::RunStatus::Reference;
    });
    return warnings;
}

} // namespace nabiz::ui
